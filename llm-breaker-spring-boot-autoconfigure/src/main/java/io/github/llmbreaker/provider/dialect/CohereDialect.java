// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.stream.AnswerEvents;
import io.github.llmbreaker.provider.stream.ApiEvents;
import org.jspecify.annotations.Nullable;

/**
 * Cohere: errors are a message and nothing more.
 */
final class CohereDialect extends BuiltInDialect {

	private static final PathTable PATHS = new PathTable().add("/chat", "chat")
		.add("/embed", "embed")
		.add("/generate", "generate");

	CohereDialect() {
		super("cohere", List.of("api.cohere.com", "api.cohere.ai"),
				new ErrorRules().first(CohereDialect::first).status(498, Verdict.CONTENT_FILTERED));
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		return switch (facts.status()) {
			case 400, 422 -> facts.says("too many tokens") ? Verdict.CONTEXT_LENGTH : null;
			case 429 -> facts.says("per month", "/ month", "a month", "monthly") ? Verdict.QUOTA : null;
			default -> null;
		};
	}

	@Override
	public LlmOperation operation(String path) {
		LlmOperation operation = PATHS.find(path);
		return (operation != null) ? operation : OpenAiPaths.operation(path);
	}

	@Override
	@Nullable AnswerEvents events(String endpoint) {
		return switch (endpoint) {
			case "chat", "generate" -> ApiEvents.COHERE;
			default -> super.events(endpoint);
		};
	}

}
