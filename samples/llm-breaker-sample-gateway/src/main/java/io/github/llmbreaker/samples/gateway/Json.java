// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.OutcomeKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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

	private static boolean isError(JsonNode document) {
		JsonNode error = document.path("error");
		return error.isObject() || error.isString();
	}

	/** Reads piece by piece; what is no JSON throws when it is reached. */
	static JsonParser parser(byte[] bytes, int start, int length) {
		return MAPPER.createParser(bytes, start, length);
	}

	/**
	 * Whether an object names its model twice, so that it depends on the reader which one
	 * it means. What is no JSON is left to the provider.
	 */
	static boolean hasTwoModels(byte[] body) {
		try (JsonParser parser = parser(body, 0, body.length)) {
			int models = 0;
			if (parser.nextToken() == JsonToken.START_OBJECT) {
				while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
					models += "model".equals(parser.currentName()) ? 1 : 0;
					parser.nextToken();
					parser.skipChildren();
				}
			}
			return models > 1;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	static String error(String message, String code) {
		return error(message, "upstream_error", code);
	}

	static String error(String message, String type, String code) {
		Map<String, String> error = new LinkedHashMap<>();
		error.put("message", message);
		error.put("type", type);
		error.put("code", code);
		return MAPPER.writeValueAsString(Map.of("error", error));
	}

	/** As an event of a stream whose events tell by their type what they are. */
	static String typedError(String error, int number) {
		JsonNode inside = read(error).path("error");
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("type", "error");
		event.put("code", inside.path("code").asString(""));
		event.put("message", inside.path("message").asString(""));
		event.put("param", null);
		event.put("sequence_number", number);
		event.put("error", inside);
		return MAPPER.writeValueAsString(event);
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
