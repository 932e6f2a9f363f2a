// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import org.jspecify.annotations.Nullable;

/**
 * How Anthropic reports errors, also through the clouds that serve its models.
 *
 * @since 0.1.0
 */
public final class AnthropicErrors {

	private AnthropicErrors() {
	}

	/** Returns new rules, to be refined by others. */
	public static ErrorRules rules() {
		return new ErrorRules().first(AnthropicErrors::first);
	}

	public static @Nullable Verdict first(ErrorFacts facts) {
		if (!facts.hasCode("invalid_request_error")) {
			return null;
		}
		if (facts.starts("your credit balance is too low", "you have reached your specified")) {
			return Verdict.QUOTA;
		}
		if (facts.starts("this organization has been disabled")) {
			return Verdict.PERMISSION_ALL;
		}
		return facts.starts("output blocked by content filtering") ? Verdict.CONTENT_FILTERED : null;
	}

}
