// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.stream.ApiEvents;
import org.jspecify.annotations.Nullable;

/**
 * Cohere: errors are a message and nothing more.
 */
final class CohereDialect extends BuiltInDialect {

	CohereDialect() {
		super("cohere", new ErrorRules().first(CohereDialect::first).status(498, Verdict.CONTENT_FILTERED),
				"api.cohere.com", "api.cohere.ai");
		path("/chat", "chat", ApiEvents.COHERE).path("/embed", "embed").path("/generate", "generate", ApiEvents.COHERE);
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		return switch (facts.status()) {
			case 400, 422 -> facts.says("too many tokens") ? Verdict.CONTEXT_LENGTH : null;
			case 429 -> facts.says("per month", "/ month", "a month", "monthly") ? Verdict.QUOTA : null;
			default -> null;
		};
	}

}
