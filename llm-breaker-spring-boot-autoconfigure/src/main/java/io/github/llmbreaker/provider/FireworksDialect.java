// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Fireworks AI.
 */
final class FireworksDialect extends BuiltInDialect {

	FireworksDialect() {
		super("fireworks", List.of("api.fireworks.ai"),
				new ErrorRules().first(FireworksDialect::first)
					.status(403, Verdict.AUTH)
					.status(412, Verdict.QUOTA)
					.codes(Verdict.AUTH, "forbidden")
					.codes(Verdict.MODEL_NOT_FOUND, "NOT_FOUND"));
	}

	@Override
	public String basePath() {
		return "/inference/v1";
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		boolean adapter = facts.status() == 412 && facts.says("lora", "adapter", "addon");
		return adapter ? Verdict.CLIENT_ERROR : OpenAiErrors.first(facts);
	}

}
