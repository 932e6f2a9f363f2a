// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.AnthropicErrors;
import io.github.llmbreaker.provider.stream.AnswerEvents;
import io.github.llmbreaker.provider.stream.ApiEvents;
import org.jspecify.annotations.Nullable;

/**
 * Ollama: its own API, and those of OpenAI and Anthropic.
 */
final class OllamaDialect extends BuiltInDialect {

	private static final PathTable PATHS = new PathTable().add("/api/chat", "chat")
		.add("/api/generate", "generate")
		.add("/api/embed", "embed")
		.add("/api/embeddings", "embed")
		.addWithoutModel("/api/tags", "models")
		.addWithoutModel("/api/ps", "models");

	OllamaDialect() {
		super("ollama", List.of("localhost:11434"), AnthropicErrors.rules());
	}

	@Override
	public LlmOperation operation(String path) {
		LlmOperation operation = PATHS.find(path);
		return (operation != null) ? operation : OpenAiPaths.operation(path);
	}

	@Override
	@Nullable AnswerEvents events(String endpoint) {
		return switch (endpoint) {
			case "chat", "generate", "embed" -> ApiEvents.OLLAMA;
			default -> super.events(endpoint);
		};
	}

}
