// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import org.jspecify.annotations.Nullable;

/**
 * How Azure reports errors: OpenAI's and Anthropic's models, and the gateway in front.
 *
 * @since 0.1.0
 */
public final class AzureErrors {

	private AzureErrors() {
	}

	/** Returns new rules for errors in the manner of Azure. */
	public static ErrorRules rules() {
		return new ErrorRules().first(AzureErrors::first)
			.permissionsAreGlobal()
			.codes(Verdict.QUOTA, "QuotaExceeded")
			.codes(Verdict.OVERLOADED, "NoCapacity", "ServerBusy")
			.codes(Verdict.TIMEOUT, "RequestTimeout", "Timeout", "OperationTimeout");
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		return switch (facts.status()) {
			case 429 -> tooMany(facts);
			default -> AnthropicErrors.first(facts);
		};
	}

	private static @Nullable Verdict tooMany(ErrorFacts facts) {
		if (facts.says("byday ", "byday.", "per 86400s")) {
			return Verdict.MODEL_QUOTA;
		}
		if (facts.says("experiencing high demand")) {
			return Verdict.OVERLOADED;
		}
		return OpenAiErrors.first(facts);
	}

}
