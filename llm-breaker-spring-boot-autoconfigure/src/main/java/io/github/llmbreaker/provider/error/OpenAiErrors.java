// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import org.jspecify.annotations.Nullable;

/**
 * How OpenAI reports errors, and with it most of those who serve its API.
 *
 * @since 0.1.0
 */
public final class OpenAiErrors {

	private OpenAiErrors() {
	}

	/** Returns new rules, to be refined by others. */
	public static ErrorRules rules() {
		return new ErrorRules().first(OpenAiErrors::first);
	}

	public static @Nullable Verdict first(ErrorFacts facts) {
		return switch (facts.status()) {
			case 429 -> tooMany(facts);
			case 401 -> unauthorized(facts);
			case 403 -> facts.hasCode("ip_not_authorized") ? Verdict.PERMISSION_ALL : null;
			default -> null;
		};
	}

	private static @Nullable Verdict tooMany(ErrorFacts facts) {
		// more than the whole bucket: waiting never helps, and nobody else is concerned
		if (facts.starts("request too large")) {
			return Verdict.CLIENT_ERROR;
		}
		// DashScope's insufficient_quota; the page it links to says which limit is meant
		if (facts.says("error-code#token-limit")) {
			return Verdict.RATE_LIMITED;
		}
		return facts.hasCode("server_error") ? Verdict.OVERLOADED : null;
	}

	/** The key is good, but not for this: that must not stop the other models. */
	private static @Nullable Verdict unauthorized(ErrorFacts facts) {
		if (facts.hasCode("insufficient_quota")) {
			return Verdict.QUOTA;
		}
		if (facts.hasCode("ModelError")) {
			return Verdict.MODEL_NOT_FOUND;
		}
		boolean model = facts.hasCode("invalid_model", "model_not_found");
		return (model && facts.says("permission", "not allowed", "access to")) ? Verdict.PERMISSION : null;
	}

}
