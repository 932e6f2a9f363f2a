// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Machine codes that mean the same wherever they come from.
 * <p>
 * Providers write them as {@code rate_limit_exceeded}, {@code RateLimitReached} or
 * {@code RATE_LIMIT_EXCEEDED}, so they are compared by letters and digits only. A code
 * that nobody has told us yet is understood by the words in it; that is safe for codes,
 * not for prose.
 */
final class ErrorCodes {

	private static final Map<String, Verdict> KNOWN = new HashMap<>();

	/** Says only what the status says better; it counts where there is no status. */
	private static final Map<String, Verdict> GENERIC = new HashMap<>();

	private static final Map<String, Verdict> WORDS = new LinkedHashMap<>();

	private static final int MAX_LENGTH = 64;

	static {
		putAll(KNOWN, Verdict.RATE_LIMITED, "too_many_requests", "slow_down", "rate_limited", "rate_limit",
				"requests_limit", "RequestLimitExceeded");
		putAll(KNOWN, Verdict.OVERLOADED, "service_unavailable", "service_unavailable_error", "unavailable",
				"unavailable_error", "resource_unavailable", "engine_max_pending_tokens", "model_not_ready",
				"model_loading", "ModelNotReadyException", "ServiceUnavailableException", "temporarily_unavailable",
				"queue_exceeded", "InvalidEndpoint.ClosedEndpoint", "ModelServingError");
		putAll(KNOWN, Verdict.QUOTA, "insufficient_quota", "payment_required", "quota_exceeded", "blocked_api_access",
				"exceeded_current_quota_error", "insufficient_funds", "organization_usage_limit_exceeded",
				"insufficient_user_quota", "pre_consume_token_quota_failed", "token_quota_reached",
				"not_enough_balance", "LimitExceededException", "MonthlyLimitError", "UserLimitError",
				"FailedOperation.ResourcePackExhausted", "ResourceInsufficient.ChargeResourceExhaust");
		putAll(KNOWN, Verdict.MODEL_QUOTA, "AllocationQuota.FreeTierOnly", "SetLimitExceeded");
		putAll(KNOWN, Verdict.AUTH, "authentication_error", "invalid_authentication", "invalid_authentication_error",
				"unauthorized", "unauthenticated", "authentication", "invalid_token", "expired_token", "token_expired",
				"account_deactivated", "failed_to_auth", "invalid_iam_token", "AuthError");
		putAll(KNOWN, Verdict.PERMISSION, "permission_error", "permission_denied", "permission_denied_error",
				"forbidden", "access_denied", "no_access", "insufficient_permissions", "model_terms_required",
				"ModelNotOpen", "CommodityNotPurchased");
		putAll(KNOWN, Verdict.PERMISSION_ALL, "unsupported_country_region_territory", "organization_restricted",
				"access_terminated", "request_forbidden");
		putAll(KNOWN, Verdict.MODEL_NOT_FOUND, "invalid_model", "unknown_model", "unsupported_model",
				"unavailable_model", "model_decommissioned", "deployment_not_found", "model_deprecated",
				"endpoint_not_found", "resource_does_not_exist", "model_not_loaded");
		putAll(KNOWN, Verdict.CONTEXT_LENGTH, "prompt_too_long", "input_too_long", "tokens_limit_reached",
				"tokens_too_long", "characters_too_long", "model_max_prompt_tokens_exceeded");
		putAll(KNOWN, Verdict.CONTENT_FILTERED, "invalid_prompt", "moderation_blocked", "moderation",
				"ResponsibleAIPolicyViolation", "data_inspection_failed", "unsafe_request");
		putAll(KNOWN, Verdict.TIMEOUT, "timeout", "deadline_exceeded", "ModelTimeoutException");
		putAll(KNOWN, Verdict.CLIENT_ERROR, "payload_too_large", "request_too_large", "CLIENT_ERROR_FROM_MODEL");
		putAll(KNOWN, Verdict.SERVER_ERROR, "SERVER_ERROR_FROM_MODEL");
		putAll(GENERIC, Verdict.SERVER_ERROR, "server_error", "internal_server_error", "internal_error", "api_error",
				"internal", "InternalServerException", "InternalFailure", "unknown", "provider_unavailable");
		putAll(GENERIC, Verdict.CLIENT_ERROR, "invalid_request_error", "invalid_request", "bad_request",
				"BadRequestError", "invalid_argument", "failed_precondition", "validation", "validation_error",
				"ValidationException", "unprocessable_entity", "conflict_error", "cancelled", "not_found",
				"NotFoundError", "not_found_error");
		putAll(WORDS, Verdict.CONTEXT_LENGTH, "contextlength", "contextwindow", "contextsize");
		putAll(WORDS, Verdict.CONTENT_FILTERED, "contentfilter", "contentpolicy", "contentmoderation", "guardrail",
				"sensitivecontent", "censorship");
		putAll(WORDS, Verdict.QUOTA, "insufficientquota", "spendlimit", "spendinglimit", "spendingcap", "billing",
				"credit", "insufficientbalance", "accountbalance", "budget", "payment", "overdue", "arrear",
				"usagelimit");
		putAll(WORDS, Verdict.MODEL_NOT_FOUND, "modelnotfound", "modelnotavailable", "modelnotsupported",
				"modelnotexist", "modeldoesnotexist");
		putAll(WORDS, Verdict.PERMISSION, "modelpermission", "modelaccess", "unpurchased");
		putAll(WORDS, Verdict.AUTH, "apikey", "authfailure");
		putAll(WORDS, Verdict.OVERLOADED, "overload", "capacity");
		putAll(WORDS, Verdict.RATE_LIMITED, "ratelimit", "throttl", "toomanyrequests");
		putAll(WORDS, Verdict.TIMEOUT, "timeout", "timedout");
	}

	private ErrorCodes() {
	}

	/** Adds names to codes that are looked up when they are normalized. */
	static void putAll(Map<String, Verdict> codes, Verdict verdict, String... names) {
		for (String name : names) {
			codes.put(normalize(name), verdict);
		}
	}

	/** Returns a code without case and punctuation. */
	static String normalize(String code) {
		StringBuilder normalized = new StringBuilder(code.length());
		for (int i = 0; i < code.length(); i++) {
			char c = code.charAt(i);
			if (c >= 'A' && c <= 'Z') {
				normalized.append((char) (c + ('a' - 'A')));
			}
			else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
				normalized.append(c);
			}
		}
		return normalized.toString();
	}

	/** Judges a normalized code that means something by itself. */
	static @Nullable Verdict specific(String code) {
		Verdict known = KNOWN.get(code);
		if (known != null || code.length() > MAX_LENGTH || GENERIC.containsKey(code)) {
			return known;
		}
		for (Map.Entry<String, Verdict> word : WORDS.entrySet()) {
			if (code.contains(word.getKey())) {
				return word.getValue();
			}
		}
		return null;
	}

	/** Judges a normalized code that is as coarse as a status. */
	static @Nullable Verdict generic(String code) {
		return GENERIC.get(code);
	}

}
