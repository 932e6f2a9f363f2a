// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.OutcomeKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Reads and writes the little JSON that the gateway looks at itself.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private Json() {
	}

	/** Reads what may not be JSON; then the node is missing. */
	static JsonNode read(String text) {
		try {
			return MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			return MAPPER.missingNode();
		}
	}

	static boolean isError(String text) {
		return isError(read(text));
	}

	static boolean isError(JsonNode document) {
		JsonNode error = document.path("error");
		return error.isObject() || error.isString();
	}

	/** Whether a document is an answer rather than an error or a fragment. */
	static boolean isAnswer(String text) {
		JsonNode document = read(text);
		return document.isObject() && !isError(document);
	}

	static String error(String message, String code) {
		return MAPPER
			.writeValueAsString(Map.of("error", Map.of("message", message, "type", "upstream_error", "code", code)));
	}

	/**
	 * Describes a failure without repeating what the exception says of URLs and bodies.
	 */
	static String error(Throwable failure, LlmCallTrace trace) {
		if (failure instanceof LlmCallRejectedException) {
			return error(String.valueOf(failure.getMessage()), "circuit_open");
		}
		if (isLate(failure, trace)) {
			return error("The provider did not answer in time", "timeout");
		}
		if (failure instanceof WebClientRequestException) {
			return error("The provider could not be reached", kind(trace));
		}
		return error("The provider's answer broke off", kind(trace));
	}

	/** Whether a time limit was exceeded, whatever became of its exception on the way. */
	static boolean isLate(Throwable failure, LlmCallTrace trace) {
		CallOutcome outcome = trace.outcome();
		return failure instanceof TimeoutException || outcome != null && outcome.kind() == OutcomeKind.TIMEOUT;
	}

	private static String kind(LlmCallTrace trace) {
		CallOutcome outcome = trace.outcome();
		return (outcome != null) ? outcome.kind().name().toLowerCase(Locale.ROOT) : "upstream_error";
	}

}
