// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * DeepSeek: its codes say little, status and message decide.
 */
final class DeepSeekDialect extends BuiltInDialect {

	DeepSeekDialect() {
		super("deepseek", List.of("api.deepseek.com"), new ErrorRules().first(DeepSeekDialect::first));
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		if (facts.starts("content exists risk")) {
			return Verdict.CONTENT_FILTERED;
		}
		if (facts.starts("insufficient balance")) {
			return Verdict.QUOTA;
		}
		return facts.starts("model not exist") ? Verdict.MODEL_NOT_FOUND : OpenAiErrors.first(facts);
	}

}
