// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Groq.
 */
final class GroqDialect extends BuiltInDialect {

	GroqDialect() {
		super("groq", List.of("api.groq.com"),
				new ErrorRules().first(GroqDialect::first).status(498, Verdict.OVERLOADED));
	}

	@Override
	public String basePath() {
		return "/openai/v1";
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		// a tool server of the caller, whatever it says
		return (facts.status() == 424) ? Verdict.CLIENT_ERROR : OpenAiErrors.first(facts);
	}

}
