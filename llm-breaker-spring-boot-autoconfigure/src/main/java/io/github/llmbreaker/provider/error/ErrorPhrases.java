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
 *
 * @since 0.1.0
 */
public final class ErrorPhrases {

	/** What a request can say as well: believed at the start of a message. */
	private static final String[] AT_THE_START = { "insufficient balance", "insufficient usd", "payment required",
			"please recharge", "please top up", "error: insufficient balance" };

	/** An allowance of a plan for a time longer than a minute. */
	private static final Pattern USAGE_LIMIT = Pattern.compile(
			"(?:hourly|daily|weekly|monthly|session|\\d-hour) usage limit|usage limit (?:has been )?(?:reached|exceeded)");

	/** The name of the model stands between the words. */
	private static final Pattern NAMED_MODEL = Pattern
		.compile("\\bmodel [^ ,;]{1,100} (?:is |was )?(?:not (?:found|exist|supported|available|loaded)|"
				+ "(?:does not|doesn't|do not) exist|no longer available)");

	/** A status that the message passes on. */
	private static final Pattern STATUS = Pattern
		.compile("(?:status(?:[ _]code)?|error code|http)[:=]? ?([45]\\d\\d)\\b");

	private static final String[] AUTH = { "invalid api key", "invalid api-key", "incorrect api key",
			"invalid x-api-key", "api key is invalid", "api key not valid", "api key not found", "无效的令牌", "令牌已过期",
			"令牌不存在", "鉴权失败", "身份验证失败" };

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

	private static final String[] FILTER = { "inappropriate content", "may contain sensitive information",
			"may contain privacy information", "content management policy", "敏感内容", "内容违规", "不安全" };

	private static final ErrorTable PURSE = new ErrorTable().at(0, 400, 401, 402, 403, 412, 422, 429, 500)
		.says(Verdict.MODEL_QUOTA, "free tier of the model has been exhausted", "free trial quota",
				"set inference limit", "exceeded budget for model", "exceeded budget for deployment")
		.says(Verdict.QUOTA, "credit balance is too low", "out of credits", "run out of funds", "out of funds",
				"out of extra usage", "insufficient credit", "insufficient funds", "balance is insufficient",
				"balance is too low", "balance exhausted", "not enough balance", "not enough credit",
				"credit limit is insufficient", "quota is not enough", "exhausted your credit", "credits exhausted",
				"monthly included credits", "spending limit", "for this billing cycle", "overdue balance",
				"overdue payment", "account is overdue", "in arrears", "account is in good standing",
				"requires a valid credit card", "enter a payment method", "budget has been exceeded", "exceeded budget",
				"crossed budget", "quota has been exhausted", "your account has insufficient", "no remaining credit",
				"余额不足", "额度不足", "额度已用", "额度用完", "欠费", "资源包余量已用尽", "余额已用", "残高が不足", "잔액이 부족", "недостаточно средств",
				"guthaben", "crédit insuffisant", "credit insuffisant", "solde insuffisant", "saldo insuficiente",
				"saldo insufficiente", "créditos insuficientes")
		.when(Verdict.QUOTA, (facts) -> (facts.status() != 400) ? facts.says(AT_THE_START) : facts.starts(AT_THE_START))
		.when(Verdict.QUOTA, (facts) -> facts.says("usage limit") && USAGE_LIMIT.matcher(facts.phrases()).find());

	/** About the account, whatever the status; no code makes it untrue. */
	static final ErrorTable ACCOUNT = new ErrorTable().include((facts) -> !facts.repeatsRequest(), PURSE);

	/** Failures that are reported as if the request were the matter. */
	private static final ErrorTable FAILURES = new ErrorTable().says(Verdict.PERMISSION_ALL, REGION)
		.says(Verdict.AUTH, AUTH)
		.says(Verdict.RATE_LIMITED, RATE)
		// in a good answer it is a failure anyway, and of no kind that is certain
		.at(400, 422)
		.says(Verdict.OVERLOADED, OVERLOAD)
		.says(Verdict.SERVER_ERROR, "cuda error", "cuda out of memory", "internal server error",
				"enginecore encountered", "engine is dead", "worker timeout", "model has crashed",
				"traceback (most recent call last)", "connection refused", "upstream connect error",
				"received server error (5")
		.atAny()
		.ask((facts) -> failure(facts.namedStatus()))
		.ask(ErrorPhrases::passedOn);

	/** What few providers have a code for. */
	public static final ErrorTable ANY = new ErrorTable().at(0, 400, 413, 422)
		.says(Verdict.CONTEXT_LENGTH, "maximum context length", "context length", "context window",
				"available context size", "context limit", "prompt is too long", "input is too long",
				"input token count", "maximum number of tokens allowed", "maximum prompt length",
				"too many input tokens", "token length too long", "model token limit",
				"`inputs` tokens + `max_new_tokens`", "exceeds the maximum number of tokens",
				"maximum allowed input length", "input tokens exceed", "range of input length",
				"prompt tokens too long", "maximum model length", "max_seq_len", "max_model_len", "prompt token count",
				"max input characters", "total tokens limit", "max message tokens", "maximum session length",
				"too long and exceeds limit", "maximum input length", "maximum sequence length", "max tokens limit",
				"text too long", "prompt 超长", "上下文长度", "上下文超", "token数量超过", "输入过长", "输入长度")
		.says(Verdict.CONTENT_FILTERED, FILTER)
		.says(Verdict.MODEL_NOT_FOUND, "is not a valid model", "invalid model", "model not found", "unknown model",
				"model does not exist", "model not exist", "model identifier is invalid", "no such model",
				"unsupported model", "no available channel for model", "model is not supported", "no models loaded",
				"模型不存在", "无效的模型", "不支持的模型", "无可用渠道")
		.when(Verdict.MODEL_NOT_FOUND, (facts) -> facts.says("model ") && NAMED_MODEL.matcher(facts.phrases()).find())
		.at(0, 400, 422)
		.include((facts) -> !facts.repeatsRequest(), FAILURES)
		.at(401)
		.says(Verdict.PERMISSION, "not allowed to access model", "no permission to use the model", "access to model",
				"not allowed to call the model", "access to the model", "not have access to this model",
				"not allowed to access this model")
		.at(403)
		.says(Verdict.PERMISSION_ALL, REGION)
		.says(Verdict.CONTENT_FILTERED, FILTER)
		.says(Verdict.AUTH, AUTH)
		.says(Verdict.RATE_LIMITED, RATE)
		.at(404, 410)
		.says(Verdict.OVERLOADED, OVERLOAD)
		.when(Verdict.MODEL_NOT_FOUND,
				(facts) -> facts.says("model", "deployment", "模型", "not found for account", "endpoint '",
						"no endpoints found for") && !facts.starts("invalid url"))
		.at(500, 502)
		.ask(ErrorPhrases::passedOn)
		.at(503)
		.says(Verdict.MODEL_NOT_FOUND, "no available channel for model", "无可用渠道");

	private ErrorPhrases() {
	}

	/** A failure behind the gateway that answers with another status. */
	private static @Nullable Verdict passedOn(ErrorFacts facts) {
		// what the request points to may be missing
		if (facts.says("download", "fetch", "image", "url")) {
			return null;
		}
		Matcher status = STATUS.matcher(facts.phrases());
		return status.find() ? failure(Integer.parseInt(status.group(1))) : null;
	}

	private static @Nullable Verdict failure(int status) {
		return (status == 429 || status >= 500) ? CommonErrors.status(status) : null;
	}

}
