// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import org.jspecify.annotations.Nullable;

/**
 * How Google reports errors, from Gemini and from Vertex AI.
 *
 * @since 0.1.0
 */
public final class GoogleErrors {

	private GoogleErrors() {
	}

	/** Returns new rules. */
	public static ErrorRules rules() {
		return new ErrorRules().first(GoogleErrors::first)
			.permissionsAreGlobal()
			.codes(Verdict.RATE_LIMITED, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED")
			.codes(Verdict.QUOTA, "BILLING_DISABLED", "SPENDING_CAP_EXCEEDED")
			.codes(Verdict.AUTH, "API_KEY_INVALID", "API_KEY_EXPIRED", "CREDENTIALS_MISSING", "ACCESS_TOKEN_EXPIRED",
					"ACCESS_TOKEN_TYPE_UNSUPPORTED", "ACCOUNT_STATE_INVALID")
			.codes(Verdict.PERMISSION_ALL, "SERVICE_DISABLED", "CONSUMER_SUSPENDED", "CONSUMER_INVALID",
					"IAM_PERMISSION_DENIED", "API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED",
					"API_KEY_IP_ADDRESS_BLOCKED", "API_KEY_ANDROID_APP_BLOCKED", "API_KEY_IOS_APP_BLOCKED",
					"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "USER_PROJECT_DENIED");
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		// a server error that wraps a limit is a limit
		if (facts.hasCode("RESOURCE_EXHAUSTED") && facts.status() != 402) {
			return exhausted(facts);
		}
		return switch (facts.status()) {
			case 400 -> badRequest(facts);
			case 403 -> forbidden(facts);
			default -> AnthropicErrors.first(facts);
		};
	}

	/** The same status for a minute, a day, the purse and the lack of machines. */
	private static Verdict exhausted(ErrorFacts facts) {
		if (facts.hasCode("SPENDING_CAP_EXCEEDED") || facts.says("prepayment credits", "spending cap")) {
			return Verdict.QUOTA;
		}
		if (isPerDay(facts.text("error.details[*].violations[*].quotaId"))
				|| isPerDay(facts.text("error.details[*].metadata.quota_limit")) || facts.says("_per_day")
				|| hasNoAllowance(facts.message())) {
			return Verdict.MODEL_QUOTA;
		}
		return facts.says("error-code-429") ? Verdict.OVERLOADED : Verdict.RATE_LIMITED;
	}

	private static boolean isPerDay(@Nullable String quota) {
		return quota != null && quota.contains("PerDay");
	}

	/** A limit of zero: this tier may not use the model at all. */
	private static boolean hasNoAllowance(String message) {
		int at = message.indexOf("limit: 0");
		int end = at + "limit: 0".length();
		return at >= 0
				&& (end == message.length() || !Character.isDigit(message.charAt(end)) && message.charAt(end) != '.');
	}

	private static @Nullable Verdict badRequest(ErrorFacts facts) {
		if (facts.starts("api key not valid", "api key expired", "api key not found", "please pass a valid api key")) {
			return Verdict.AUTH;
		}
		if (facts.hasCode("FAILED_PRECONDITION")) {
			if (facts.says("billing", "free tier")) {
				return Verdict.QUOTA;
			}
			return facts.says("location is not supported") ? Verdict.PERMISSION_ALL : null;
		}
		return AnthropicErrors.first(facts);
	}

	private static @Nullable Verdict forbidden(ErrorFacts facts) {
		if (facts.says("reported as leaked", "unregistered callers")) {
			return Verdict.AUTH;
		}
		if (facts.says("access the file", "cachedcontent")) {
			// what the request names is missing
			return Verdict.CLIENT_ERROR;
		}
		return facts.says("tuned model") ? Verdict.PERMISSION : null;
	}

}
