// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What messages say where the code is missing, or says less than the message: a short
 * list for each cause, in lower case, read near the start of the message only.
 * <p>
 * A message that repeats the request is not believed where it would count as a failure:
 * its words are the caller's.
 */
final class ErrorPhrases {

	/** An empty account, whatever the status. */
	private static final String[] BILLING = { "credit balance is too low", "out of credits", "run out of funds",
			"out of funds", "out of extra usage", "insufficient credit", "insufficient funds",
			"balance is insufficient", "balance is too low", "balance exhausted", "not enough balance",
			"not enough credit", "credit limit is insufficient", "quota is not enough", "exhausted your credit",
			"credits exhausted", "monthly included credits", "spending limit", "for this billing cycle",
			"overdue balance", "overdue payment", "account is overdue", "in arrears", "account is in good standing",
			"requires a valid credit card", "enter a payment method", "budget has been exceeded", "exceeded budget",
			"crossed budget", "quota has been exhausted", "your account has insufficient", "no remaining credit",
			"余额不足", "额度不足", "额度已用", "额度用完", "欠费", "资源包余量已用尽", "余额已用", "残高が不足", "잔액이 부족", "недостаточно средств",
			"guthaben", "crédit insuffisant", "credit insuffisant", "solde insuffisant", "saldo insuficiente",
			"saldo insufficiente", "créditos insuficientes" };

	/** The same in words that a request can hold as well. */
	private static final String[] BILLING_AT_THE_START = { "insufficient balance", "insufficient usd",
			"payment required", "please recharge", "please top up", "error: insufficient balance" };

	/** An allowance of a plan for a time longer than a minute. */
	private static final Pattern USAGE_LIMIT = Pattern.compile(
			"(?:hourly|daily|weekly|monthly|session|\\d-hour) usage limit|usage limit (?:has been )?(?:reached|exceeded)");

	private static final String[] MODEL_ALLOWANCE = { "free tier of the model has been exhausted", "free trial quota",
			"set inference limit", "exceeded budget for model", "exceeded budget for deployment" };

	private static final String[] AUTH = { "invalid api key", "invalid api-key", "incorrect api key",
			"invalid x-api-key", "api key is invalid", "api key not valid", "api key not found", "无效的令牌", "令牌已过期",
			"令牌不存在", "鉴权失败", "身份验证失败" };

	private static final String[] MODEL_ACCESS = { "not allowed to access model", "no permission to use the model",
			"access to model", "not allowed to call the model", "access to the model", "not have access to this model",
			"not allowed to access this model" };

	private static final String[] REGION = { "location is not supported", "country, region, or territory not supported",
			"not available in your region", "not available in your country" };

	private static final String[] RATE = { "too many requests", "rate limit exceeded", "rate limit reached",
			"rate limited", "rate-limited", "rate exceeded", "being throttled", "请求过于频繁", "请求频率", "并发数过高", "已触发限流",
			"触发限流" };

	private static final String[] OVERLOAD = { "degraded function", "is overloaded", "currently overloaded",
			"overloaded,", "overloaded_error", "server overloaded", "overloaded with", "maximum capacity",
			"at capacity", "capacity temporarily exceeded", "model is loading", "model unloaded", "model busy",
			"server is busy", "service is busy", "system is busy", "high traffic", "no healthy upstream",
			"temporarily unavailable", "负载已饱和", "访问量过大", "服务繁忙", "系统繁忙" };

	private static final String[] CRASH = { "cuda error", "cuda out of memory", "internal server error",
			"enginecore encountered", "engine is dead", "worker timeout", "model has crashed",
			"traceback (most recent call last)", "connection refused", "upstream connect error",
			"received server error (5" };

	private static final String[] FILTER = { "inappropriate content", "may contain sensitive information",
			"may contain privacy information", "content management policy", "敏感内容", "内容违规", "不安全" };

	private static final String[] CONTEXT = { "maximum context length", "context length", "context window",
			"available context size", "context limit", "prompt is too long", "input is too long", "input token count",
			"maximum number of tokens allowed", "maximum prompt length", "too many input tokens",
			"token length too long", "model token limit", "`inputs` tokens + `max_new_tokens`",
			"exceeds the maximum number of tokens", "maximum allowed input length", "input tokens exceed",
			"range of input length", "prompt tokens too long", "maximum model length", "max_seq_len", "max_model_len",
			"prompt token count", "max input characters", "total tokens limit", "max message tokens",
			"maximum session length", "too long and exceeds limit", "maximum input length", "maximum sequence length",
			"max tokens limit", "text too long", "prompt 超长", "上下文长度", "上下文超", "token数量超过", "输入过长", "输入长度" };

	private static final String[] MODEL = { "is not a valid model", "invalid model", "model not found", "unknown model",
			"model does not exist", "model not exist", "model identifier is invalid", "no such model",
			"unsupported model", "no available channel for model", "model is not supported", "no models loaded",
			"模型不存在", "无效的模型", "不支持的模型", "无可用渠道" };

	/** The name of the model stands between the words. */
	private static final Pattern NAMED_MODEL = Pattern
		.compile("\\bmodel [^ ,;]{1,100} (?:is |was )?(?:not (?:found|exist|supported|available|loaded)|"
				+ "(?:does not|doesn't|do not) exist|no longer available)");

	private static final String[] MODEL_OR_PLACE = { "model", "deployment", "模型", "not found for account", "endpoint '",
			"no endpoints found for" };

	private static final String[] STATUS_LEADS = { "status", "error code", "http" };

	private static final String[] POINTERS = { "download", "fetch", "image", "url" };

	private static final String[] NO_CHANNEL = { "no available channel for model", "无可用渠道" };

	/** A status that the message passes on. */
	private static final Pattern STATUS = Pattern
		.compile("(?:status(?:[ _]code)?|error code|http)[:=]? ?([45]\\d\\d)\\b");

	private ErrorPhrases() {
	}

	/**
	 * Judges a message about the account, which no other code makes untrue.
	 * @param facts what is known about the error
	 * @return the verdict, {@code null} if it says nothing of the kind
	 */
	static @Nullable Verdict account(ErrorFacts facts) {
		boolean possible = switch (facts.status()) {
			case 0, 400, 401, 402, 403, 412, 422, 429, 500 -> true;
			default -> false;
		};
		if (!possible || facts.repeatsRequest()) {
			return null;
		}
		if (facts.says(MODEL_ALLOWANCE)) {
			return Verdict.MODEL_QUOTA;
		}
		boolean billing = facts.says(BILLING) || facts.starts(BILLING_AT_THE_START)
				|| (facts.status() != 400 && facts.says(BILLING_AT_THE_START));
		return (billing || isUsageLimit(facts.phrases())) ? Verdict.QUOTA : null;
	}

	private static boolean isUsageLimit(String phrases) {
		return phrases.contains("usage limit") && USAGE_LIMIT.matcher(phrases).find();
	}

	/**
	 * Judges what few providers have a code for.
	 * @param facts what is known about the error
	 * @return the verdict, {@code null} if the message says nothing known
	 */
	static @Nullable Verdict judge(ErrorFacts facts) {
		return switch (facts.status()) {
			case 0, 400, 413, 422 -> badRequest(facts);
			case 401 -> facts.says(MODEL_ACCESS) ? Verdict.PERMISSION : null;
			case 403 -> forbidden(facts);
			case 404, 410 -> missing(facts);
			case 500, 502 -> passedOn(facts);
			case 503 -> facts.says(NO_CHANNEL) ? Verdict.MODEL_NOT_FOUND : null;
			default -> null;
		};
	}

	private static @Nullable Verdict badRequest(ErrorFacts facts) {
		if (facts.says(CONTEXT)) {
			return Verdict.CONTEXT_LENGTH;
		}
		if (facts.says(FILTER)) {
			return Verdict.CONTENT_FILTERED;
		}
		if (namesUnknownModel(facts)) {
			return Verdict.MODEL_NOT_FOUND;
		}
		// the rest counts as a failure
		return facts.repeatsRequest() || facts.status() == 413 ? null : failure(facts);
	}

	private static @Nullable Verdict failure(ErrorFacts facts) {
		if (facts.says(REGION)) {
			return Verdict.PERMISSION_ALL;
		}
		if (facts.says(AUTH)) {
			return Verdict.AUTH;
		}
		if (facts.says(RATE)) {
			return Verdict.RATE_LIMITED;
		}
		// in a good answer it is a failure anyway, and of no kind that is certain
		if (facts.status() != 0 && facts.says(OVERLOAD)) {
			return Verdict.OVERLOADED;
		}
		if (facts.status() != 0 && facts.says(CRASH)) {
			return Verdict.SERVER_ERROR;
		}
		int named = facts.namedStatus();
		return (named == 429 || named >= 500) ? CommonErrors.status(named) : passedOn(facts);
	}

	private static boolean namesUnknownModel(ErrorFacts facts) {
		return facts.says(MODEL) || (facts.phrases().contains("model ") && NAMED_MODEL.matcher(facts.phrases()).find());
	}

	private static @Nullable Verdict forbidden(ErrorFacts facts) {
		if (facts.says(REGION)) {
			return Verdict.PERMISSION_ALL;
		}
		if (facts.says(FILTER)) {
			return Verdict.CONTENT_FILTERED;
		}
		if (facts.says(AUTH)) {
			return Verdict.AUTH;
		}
		return facts.says(RATE) ? Verdict.RATE_LIMITED : null;
	}

	private static @Nullable Verdict missing(ErrorFacts facts) {
		if (facts.says(OVERLOAD)) {
			return Verdict.OVERLOADED;
		}
		return (facts.says(MODEL_OR_PLACE) && !facts.starts("invalid url")) ? Verdict.MODEL_NOT_FOUND : null;
	}

	/** A failure behind the gateway that answers with another status. */
	private static @Nullable Verdict passedOn(ErrorFacts facts) {
		// what the request points to may be missing
		if (!facts.says(STATUS_LEADS) || facts.says(POINTERS)) {
			return null;
		}
		Matcher status = STATUS.matcher(facts.phrases());
		if (!status.find()) {
			return null;
		}
		int number = Integer.parseInt(status.group(1));
		return (number == 429 || number >= 500) ? CommonErrors.status(number) : null;
	}

}
