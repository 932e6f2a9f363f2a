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

import java.util.List;

/**
 * Google's Gemini API: the path names model and verb.
 */
final class GeminiDialect extends BuiltInDialect {

	/** What a body may put before the name, as paths do. */
	private static final String PREFIX = "models/";

	GeminiDialect() {
		super("google-gemini", List.of("generativelanguage.googleapis.com"), GoogleErrors.rules());
	}

	@Override
	public LlmOperation operation(String path) {
		LlmOperation verb = GooglePaths.verb(path);
		if (verb != null) {
			return verb;
		}
		return path.endsWith("/interactions") ? GooglePaths.INTERACTIONS : OpenAiPaths.operation(path);
	}

	@Override
	public String pathFor(String path, String model) {
		return GooglePaths.pathFor(path, model);
	}

	@Override
	public String modelName(String name) {
		return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
	}

	@Override
	public AuthHeader authorize(String apiKey) {
		return new AuthHeader("x-goog-api-key", apiKey);
	}

}
