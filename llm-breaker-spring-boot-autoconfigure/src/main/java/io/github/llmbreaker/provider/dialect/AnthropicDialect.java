// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.AuthHeader;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.AnthropicErrors;

/**
 * Anthropic.
 */
final class AnthropicDialect extends BuiltInDialect {

	private static final PathTable PATHS = new PathTable().add("/messages", "messages")
		.add("/messages/count_tokens", "messages.count_tokens")
		.add("/v1/complete", "completions");

	AnthropicDialect() {
		super("anthropic", List.of("api.anthropic.com"), AnthropicErrors.rules());
	}

	@Override
	public LlmOperation operation(String path) {
		LlmOperation operation = PATHS.find(path);
		return (operation != null) ? operation : OpenAiPaths.operation(path);
	}

	@Override
	public AuthHeader authorize(String apiKey) {
		return new AuthHeader("x-api-key", apiKey);
	}

}
