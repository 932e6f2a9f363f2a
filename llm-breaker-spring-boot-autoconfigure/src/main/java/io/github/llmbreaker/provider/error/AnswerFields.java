// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.provider.json.JsonKind;
import io.github.llmbreaker.provider.json.JsonPaths;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import io.github.llmbreaker.provider.json.SpareSkimmers;

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
			"error.details[*].reason", "error.code", "error.error_type", "error.type", "error.status", "error_type",
			"code", "type", "__type", "Output.__type", "response.error.code", "choices[*].error.metadata.error_type",
			"choices[*].error.code");

	/** Where a status stands that the HTTP status does not tell. */
	static final List<String> STATUSES = List.of("error.code", "error.http_status", "code", "statusCode",
			"response.error.code", "choices[*].error.code");

	/** Where people are told what happened. */
	static final List<String> MESSAGES = List.of("error.message", "message", "error", "detail",
			"response.error.message", "choices[*].error.message");

	/** All places of error reports. */
	static final AnswerFields ERRORS = new AnswerFields();

	private final JsonPaths paths = new JsonPaths();

	private final SpareSkimmers skimmers = new SpareSkimmers(this.paths);

	private final Map<String, Integer> fields = new HashMap<>();

	private final int error;

	private final int done;

	private final int type;

	private final int object;

	private final int[] reports;

	public AnswerFields() {
		CODES.forEach((path) -> capture(path, CODE));
		MESSAGES.forEach((path) -> capture(path, TEXT));
		STATUSES.forEach((path) -> capture(path, CODE));
		capture("error.availability.retry_after", CODE);
		capture("error.details[*].retryDelay", CODE);
		captureAll("error.details[*].violations[*].quotaId", CODES_TEXT);
		capture("error.details[*].metadata.quota_limit", CODE);
		capture("estimated_time", CODE);
		watch("cloudflare_error");
		watch("error.metadata.reasons");
		watch("error.metadata.flagged_input");
		this.error = of("error");
		this.type = of("type");
		this.object = capture("object", CODE);
		this.done = capture("[*]", CODE);
		this.reports = List
			.of("error.message", "error.code", "error.type", "error.status", "error.error_type",
					"choices[*].error.code", "choices[*].error.message", "response.error.code",
					"response.error.message", "__type", "Output.__type")
			.stream()
			.mapToInt(this::of)
			.toArray();
	}

	/** Keeps what stands at a path; the same number for the same path. */
	public int capture(String path, int limit) {
		return this.fields.computeIfAbsent(path, (key) -> this.paths.capture(key, limit));
	}

	/** Keeps whatever stands at a path, separated by blanks. */
	private void captureAll(String path, int limit) {
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

	/** Skimmers for these places. */
	public SpareSkimmers skimmers() {
		return this.skimmers;
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
		return json.is(this.type, "error") || json.is(this.object, "error");
	}

	/** Whether a document is the {@code [DONE]} at the end of a stream. */
	public boolean isDone(JsonSkimmer json) {
		return json.is(this.done, "DONE");
	}

}
