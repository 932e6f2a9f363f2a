// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.llmbreaker.provider.json.JsonKind;
import io.github.llmbreaker.provider.json.JsonPaths;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import io.github.llmbreaker.provider.json.Spares;
import org.jspecify.annotations.Nullable;

/**
 * The places of an answer that matter: where providers report errors, and what an API
 * adds to them. Declared once in a static initialiser.
 *
 * @since 0.1.0
 */
public final class AnswerFields {

	private static final int CODE = 128;

	private static final int CODES_TEXT = 512;

	private static final int TEXT = 2048;

	/** Where machine codes stand, the most specific first. */
	static final List<String> CODES = List.of("error.details.error_code", "error.innererror.code",
			"error.metadata.limit_source", "error.metadata.error_type", "error.availability.code",
			"error.details[*].reason", "error.error.code", "error.error.type", "error.code", "error.error_type",
			"error.type", "error.status", "error_type", "code", "type", "reason", "__type", "Output.__type",
			"response.error.code", "choices[*].error.metadata.error_type", "choices[*].error.code", "detail.error.code",
			"detail.error.type", "detail.code", "detail.type", "message.error.code", "message.error.type",
			"errors[*].code", "error[*].code", "error_code", "ErrorCode", "Response.Error.Code");

	/** Where a status stands that the HTTP status does not tell. */
	static final List<String> STATUSES = List.of("error.code", "error.http_status", "code", "statusCode", "status_code",
			"response.error.code", "choices[*].error.code", "status.code");

	/** Where people are told what happened. */
	static final List<String> MESSAGES = List.of("error.message", "message", "error", "detail", "error_msg", "msg",
			"base_resp.status_msg", "response.error.message", "choices[*].error.message", "error.error.message",
			"detail.error.message", "detail.error", "detail.message", "message.error.message", "errors[*].message",
			"errors.message", "errors[*]", "error[*].message", "status.message", "Response.Error.Message", "Message");

	/** Where vendors put numbers of their own, and what tells two at one place apart. */
	private static final List<String> VENDOR_CODES = List.of("base_resp.status_code", "error_code", "error.code",
			"code", "success", "msg", "sid", "errors[*].code", "error[*].code");

	/** Where OpenRouter puts what the provider has answered. */
	static final String RAW = "error.metadata.raw";

	/** Where seconds to wait stand, the most deliberate first. */
	static final List<String> WAITS = List.of("error.availability.retry_after", "error.metadata.retry_after_seconds",
			"error.metadata.headers.Retry-After", "error.metadata.headers.retry-after", "error.retry_after",
			"error.resets_in_seconds", "retry_after", "estimated_time");

	/** Where OpenRouter puts the header of its own limits. */
	static final String RESET = "error.metadata.headers.X-RateLimit-Reset";

	static final String DELAY = "error.details[*].retryDelay";

	/** Whatever stands here reports an error. */
	private static final List<String> REPORTS = List.of("error.message", "error.type", "error.status",
			"error.error_type", "choices[*].error.code", "choices[*].error.message", "response.error.code",
			"response.error.message", "__type", "Output.__type", "errors[*].code", "errors[*].message",
			"errors.message", "error[*].code", "error[*].message", "error.error.code", "error.error.message",
			"Response.Error.Code");

	/** Whoever has one of these in an answer without a result has failed. */
	private static final List<String> COMPLAINTS = List.of("message", "detail", "msg", "error_msg");

	/** What stands for success where others put a code. */
	private static final Set<String> GOOD_CODES = Set.of("0", "00000", "200", "20000", "success", "ok");

	/** All places of error reports. */
	static final AnswerFields ERRORS = new AnswerFields();

	private final JsonPaths paths = new JsonPaths();

	private final Spares<JsonSkimmer> skimmers = new Spares<>(() -> new JsonSkimmer(this.paths));

	private final Map<String, Integer> fields = new HashMap<>();

	private final int[] codes = captureAll(CODES, CODE);

	private final int[] messages = captureAll(MESSAGES, TEXT);

	private final int[] complaints = captureAll(COMPLAINTS, TEXT);

	private final int error = capture("error", TEXT);

	private final int errorCode = capture("error.code", CODE);

	private final int code = capture("code", CODE);

	private final int type = capture("type", CODE);

	private final int object = capture("object", CODE);

	private final int done = capture("[*]", CODE);

	private final int baseStatus = capture("base_resp.status_code", CODE);

	private final int flatErrorCode = capture("error_code", CODE);

	private final int success = capture("success", CODE);

	private final int nestedStatus = capture("status.code", CODE);

	private final int[] awsTypes = captureAll(List.of("__type", "Output.__type"), CODE);

	private final int[] reports;

	public AnswerFields() {
		captureAll(STATUSES, CODE);
		captureAll(VENDOR_CODES, CODE);
		captureAll(WAITS, CODE);
		captureRepeated("error.details[*].violations[*].quotaId", CODES_TEXT);
		capture("error.details[*].metadata.quota_limit", CODE);
		capture(RAW, TEXT);
		capture(RESET, CODE);
		capture(DELAY, CODE);
		watch("cloudflare_error");
		watch("error.metadata.reasons");
		watch("error.metadata.flagged_input");
		this.reports = captureAll(REPORTS, CODE);
	}

	private int[] captureAll(List<String> places, int limit) {
		return places.stream().mapToInt((path) -> capture(path, limit)).toArray();
	}

	/** Keeps what stands at a path; the same number for the same path. */
	public int capture(String path, int limit) {
		return this.fields.computeIfAbsent(path, (key) -> this.paths.capture(key, limit));
	}

	/** Keeps whatever stands at a path, separated by blanks. */
	private void captureRepeated(String path, int limit) {
		this.fields.put(path, this.paths.captureAll(path, limit));
	}

	/** Watches whether there is something at a path. */
	public int watch(String path) {
		return capture(path, 0);
	}

	int of(String path) {
		Integer field = this.fields.get(path);
		if (field == null) {
			throw new IllegalArgumentException("'%s' is not watched".formatted(path));
		}
		return field;
	}

	public JsonPaths paths() {
		return this.paths;
	}

	/** Returns a skimmer for these places, to be given back if possible. */
	public JsonSkimmer takeSkimmer() {
		return this.skimmers.take();
	}

	/** One of them is not used any more. */
	public void giveBack(JsonSkimmer skimmer) {
		skimmer.forget();
		this.skimmers.giveBack(skimmer);
	}

	int[] codes() {
		return this.codes;
	}

	/** Whether AWS puts the names of its exceptions there. */
	boolean isAws(int code) {
		return code == this.awsTypes[0] || code == this.awsTypes[1];
	}

	int[] messages() {
		return this.messages;
	}

	/**
	 * Whether a document reports an error. Only its structure tells: a model may well
	 * write about errors.
	 */
	public boolean isError(JsonSkimmer json) {
		if (json.kind(this.error) == JsonKind.STRING && json.isFilled(this.error)) {
			return true;
		}
		for (int report : this.reports) {
			if (json.isFilled(report)) {
				return true;
			}
		}
		if (json.isFilled(this.errorCode) && !json.is(this.errorCode, "0")) {
			return true;
		}
		return json.is(this.type, "error") || json.is(this.object, "error") || isVendorError(json);
	}

	/** Envelopes that good answers have as well, with a code for success. */
	private boolean isVendorError(JsonSkimmer json) {
		return isBad(json, this.baseStatus) || isBad(json, this.flatErrorCode) || json.is(this.success, "false")
				|| isFailureNumber(json.text(this.nestedStatus));
	}

	private static boolean isBad(JsonSkimmer json, int field) {
		return json.isFilled(field) && !GOOD_CODES.contains(String.valueOf(json.text(field)).toLowerCase(Locale.ROOT));
	}

	private static boolean isFailureNumber(@Nullable String code) {
		return code != null && code.length() == 5 && (code.charAt(0) == '4' || code.charAt(0) == '5');
	}

	/**
	 * Whether a document that holds no result says why: a text for people, or a code that
	 * stands for no success.
	 */
	public boolean isComplaint(JsonSkimmer json) {
		for (int complaint : this.complaints) {
			if (json.isFilled(complaint) && json.kind(complaint) == JsonKind.STRING) {
				return true;
			}
		}
		return isBad(json, this.code);
	}

	/** Whether a document is the {@code [DONE]} at the end of a stream. */
	public boolean isDone(JsonSkimmer json) {
		return json.is(this.done, "DONE");
	}

}
