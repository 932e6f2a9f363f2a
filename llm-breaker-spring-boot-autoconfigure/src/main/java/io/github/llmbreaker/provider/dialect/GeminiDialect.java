// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.AuthHeader;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.GoogleErrors;

/**
 * Google's Gemini API: the path names model and verb.
 *
 * @since 0.1.0
 */
public final class GeminiDialect extends BuiltInDialect {

	/** What a body may put before the name, as paths do. */
	private static final String PREFIX = "models/";

	public GeminiDialect() {
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
