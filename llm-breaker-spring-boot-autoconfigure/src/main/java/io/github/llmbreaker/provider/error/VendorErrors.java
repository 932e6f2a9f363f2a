// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.regex.Pattern;

/**
 * How those report errors whom others follow, or whose models others serve.
 *
 * @since 0.1.0
 */
public final class VendorErrors {

	private static final Pattern ZERO = Pattern.compile("limit: 0(?![\\d.])");

	/** OpenAI, and with it most of those who serve its API. */
	public static final ErrorTable OPENAI = new ErrorTable().at(429)
		// more than the whole bucket: waiting never helps, and nobody else is concerned
		.starts(Verdict.CLIENT_ERROR, "request too large")
		// DashScope's insufficient_quota; the page it links to says which limit is meant
		.says(Verdict.RATE_LIMITED, "error-code#token-limit")
		.code(Verdict.OVERLOADED, "server_error")
		.at(401)
		.code(Verdict.QUOTA, "insufficient_quota")
		.code(Verdict.MODEL_NOT_FOUND, "ModelError")
		// the key is good, but not for this: that must not stop the other models
		.when(Verdict.PERMISSION,
				(facts) -> facts.hasCode("invalid_model", "model_not_found")
						&& facts.says("permission", "not allowed", "access to"))
		.at(403)
		.code(Verdict.PERMISSION_ALL, "ip_not_authorized");

	/** Anthropic, also through the clouds that serve its models. */
	public static final ErrorTable ANTHROPIC = new ErrorTable().include(
			(facts) -> facts.hasCode("invalid_request_error"),
			new ErrorTable().starts(Verdict.QUOTA, "your credit balance is too low", "you have reached your specified")
				.starts(Verdict.PERMISSION_ALL, "this organization has been disabled")
				.starts(Verdict.CONTENT_FILTERED, "output blocked by content filtering"));

	/** Azure: OpenAI's and Anthropic's models, and the gateway in front. */
	private static final ErrorTable AZURE = new ErrorTable().at(429)
		.says(Verdict.MODEL_QUOTA, "byday ", "byday.", "per 86400s")
		.says(Verdict.OVERLOADED, "experiencing high demand")
		.include(OPENAI)
		.atAny()
		.include(ANTHROPIC);

	/**
	 * Google: the same status for a minute, a day, the purse and the lack of machines.
	 */
	private static final ErrorTable EXHAUSTED = new ErrorTable().code(Verdict.QUOTA, "SPENDING_CAP_EXCEEDED")
		.says(Verdict.QUOTA, "prepayment credits", "spending cap")
		.when(Verdict.MODEL_QUOTA, VendorErrors::isPerDay)
		// a limit of zero: this tier may not use the model at all
		.when(Verdict.MODEL_QUOTA, (facts) -> ZERO.matcher(facts.message()).find())
		.says(Verdict.OVERLOADED, "error-code-429")
		.always(Verdict.RATE_LIMITED);

	/** Gemini and Vertex AI. */
	private static final ErrorTable GOOGLE = new ErrorTable()
		// a server error that wraps a limit is a limit
		.include((facts) -> facts.hasCode("RESOURCE_EXHAUSTED") && facts.status() != 402, EXHAUSTED)
		.at(400)
		.starts(Verdict.AUTH, "api key not valid", "api key expired", "api key not found",
				"please pass a valid api key")
		.include((facts) -> facts.hasCode("FAILED_PRECONDITION"),
				new ErrorTable().says(Verdict.QUOTA, "billing", "free tier")
					.says(Verdict.PERMISSION_ALL, "location is not supported"))
		.at(403)
		.says(Verdict.AUTH, "reported as leaked", "unregistered callers")
		// what the request names is missing
		.says(Verdict.CLIENT_ERROR, "access the file", "cachedcontent")
		.says(Verdict.PERMISSION, "tuned model")
		.atAny()
		.include(ANTHROPIC);

	private VendorErrors() {
	}

	private static boolean isPerDay(ErrorFacts facts) {
		String limits = facts.text("error.details[*].violations[*].quotaId") + " "
				+ facts.text("error.details[*].metadata.quota_limit");
		return limits.contains("PerDay") || facts.says("_per_day");
	}

	/** Returns new rules of those who report errors like OpenAI. */
	public static ErrorRules openAi() {
		return new ErrorRules(OPENAI);
	}

	/** Returns new rules of those who do for the most part; these rows come first. */
	public static ErrorRules openAi(ErrorTable first) {
		return new ErrorRules(first.atAny().include(OPENAI));
	}

	/** Returns new rules of those who report errors like Anthropic. */
	public static ErrorRules anthropic() {
		return new ErrorRules(ANTHROPIC);
	}

	/** Returns new rules of those who report errors like Azure. */
	public static ErrorRules azure() {
		return new ErrorRules(AZURE).permissionsAreGlobal()
			.codes(Verdict.QUOTA, "QuotaExceeded")
			.codes(Verdict.OVERLOADED, "NoCapacity", "ServerBusy")
			.codes(Verdict.TIMEOUT, "RequestTimeout", "Timeout", "OperationTimeout");
	}

	/** Returns new rules of Google. */
	public static ErrorRules google() {
		return new ErrorRules(GOOGLE).permissionsAreGlobal()
			.codes(Verdict.RATE_LIMITED, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED")
			.codes(Verdict.QUOTA, "BILLING_DISABLED", "SPENDING_CAP_EXCEEDED")
			.codes(Verdict.AUTH, "API_KEY_INVALID", "API_KEY_EXPIRED", "CREDENTIALS_MISSING", "ACCESS_TOKEN_EXPIRED",
					"ACCESS_TOKEN_TYPE_UNSUPPORTED", "ACCOUNT_STATE_INVALID")
			.codes(Verdict.PERMISSION_ALL, "SERVICE_DISABLED", "CONSUMER_SUSPENDED", "CONSUMER_INVALID",
					"IAM_PERMISSION_DENIED", "API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED",
					"API_KEY_IP_ADDRESS_BLOCKED", "API_KEY_ANDROID_APP_BLOCKED", "API_KEY_IOS_APP_BLOCKED",
					"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "USER_PROJECT_DENIED");
	}

}
