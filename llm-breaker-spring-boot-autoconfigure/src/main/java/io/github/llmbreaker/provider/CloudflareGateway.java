/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Knows the gateway that serves many providers from one host and names them in the path:
 * <code>/v1/{account}/{gateway}/{provider}/...</code>.
 */
final class CloudflareGateway {

	private static final String HOST = "gateway.ai.cloudflare.com";

	private static final int PROVIDER_SEGMENT = 4;

	/** Their names where they differ from ours. */
	private static final Map<String, String> IDS = Map.of("google-ai-studio", "google-gemini", "google-vertex-ai",
			"google-vertex", "grok", "xai", "perplexity-ai", "perplexity");

	private CloudflareGateway() {
	}

	static @Nullable String providerOf(URI url) {
		String base = basePath(url);
		if (base == null) {
			return null;
		}
		String name = base.substring(base.lastIndexOf('/') + 1);
		return IDS.getOrDefault(name, name);
	}

	/** The path up to and with the provider, {@code null} for any other URL. */
	static @Nullable String basePath(URI url) {
		if (!HOST.equalsIgnoreCase(url.getHost())) {
			return null;
		}
		String path = url.getRawPath();
		int end = 0;
		for (int i = 0; i < PROVIDER_SEGMENT && end >= 0; i++) {
			end = path.indexOf('/', end + 1);
		}
		return (end > 0) ? path.substring(0, end) : null;
	}

}
