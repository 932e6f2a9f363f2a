// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

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
