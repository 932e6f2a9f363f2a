// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * OpenRouter: many providers behind one account, errors also inside good answers.
 */
final class OpenRouterDialect extends BuiltInDialect {

	OpenRouterDialect() {
		super("openrouter", List.of("openrouter.ai/api"),
				new ErrorRules().first(OpenRouterDialect::first)
					.status(404, Verdict.MODEL_NOT_FOUND)
					.codes(Verdict.RATE_LIMITED_ALL, "openrouter_in_flight_budget")
					.codes(Verdict.QUOTA, "openrouter_credits", "openrouter_key_limit", "openrouter_workspace_budget")
					.codes(Verdict.PERMISSION, "region_restricted"));
	}

	@Override
	public String basePath() {
		return "/api/v1";
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		return switch (facts.status()) {
			case 402 -> facts.hasCode("openrouter_in_flight_budget") ? Verdict.RATE_LIMITED_ALL : null;
			case 403 -> forbidden(facts);
			case 429 -> facts.says("free-models-per-day", "per-day") ? Verdict.MODEL_QUOTA : null;
			default -> null;
		};
	}

	private static @Nullable Verdict forbidden(ErrorFacts facts) {
		if (facts.has("error.metadata.reasons") || facts.has("error.metadata.flagged_input")
				|| facts.says("moderation", "flagged", "guardrail")) {
			return Verdict.CONTENT_FILTERED;
		}
		return facts.says("budget", "key limit exceeded", "spending limit") ? Verdict.QUOTA : null;
	}

}
