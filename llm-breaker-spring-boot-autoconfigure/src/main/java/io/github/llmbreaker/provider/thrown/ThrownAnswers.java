// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.llmbreaker.provider.HeaderLookup;
import io.github.llmbreaker.provider.json.JsonEscape;
import io.github.llmbreaker.provider.thrown.KnownException.AnswerReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers that exceptions carry, as if they had come over the wire.
 */
final class ThrownAnswers {

	/** What the vendors' libraries can turn their bodies into. */
	private static final String TREE = "com.fasterxml.jackson.databind.JsonNode";

	private static final Pattern STATUS_IN_MESSAGE = Pattern.compile("(?:HTTP )?(\\d{3}) - (.*)", Pattern.DOTALL);

	private ThrownAnswers() {
	}

	static AnswerReader spring(Class<?> type, String headersMethod) {
		Getter status = Getter.find(type, "getStatusCode").then("value");
		Getter headers = Getter.find(type, headersMethod);
		Getter body = Getter.find(type, "getResponseBodyAsByteArray");
		return (failure) -> new ThrownAnswer(status.number(failure), headers(headers.of(failure), "getFirst"),
				(body.of(failure) instanceof byte[] bytes) ? bytes : new byte[0]);
	}

	static AnswerReader vendor(Class<?> type, String form, String endpoint) {
		Getter status = Getter.find(type, "statusCode");
		Getter headers = Getter.find(type, "headers");
		Getter body = Getter.find(type, "body");
		return (failure) -> {
			String json = json(body.of(failure));
			return new ThrownAnswer(status.number(failure), headers(headers.of(failure), "values"),
					bytes((json != null) ? form.formatted(json) : ""), endpoint);
		};
	}

	static AnswerReader google(Class<?> type) {
		Getter code = Getter.find(type, "code");
		Getter status = Getter.find(type, "status");
		return (failure) -> new ThrownAnswer(code.number(failure), ThrownAnswer.NO_HEADERS,
				bytes("{\"error\":{\"code\":%d,\"status\":%s,\"message\":%s}}".formatted(code.number(failure),
						quote(status.of(failure)), quote(failure.getMessage()))));
	}

	static AnswerReader aws(Class<?> type) {
		Getter status = Getter.find(type, "statusCode");
		Getter details = Getter.find(type, "awsErrorDetails");
		return (failure) -> {
			Object detail = details.of(failure);
			Object code = Getter.value(detail, "errorCode");
			HeaderLookup sent = headers(Getter.value(detail, "sdkHttpResponse"), "firstMatchingHeader");
			HeaderLookup headers = (name) -> (code != null && name.equalsIgnoreCase("x-amzn-errortype"))
					? code.toString() : sent.first(name);
			return new ThrownAnswer(status.number(failure), headers, bytes("{\"__type\":%s,\"message\":%s}"
				.formatted(quote(code), quote(Getter.value(detail, "errorMessage")))));
		};
	}

	static AnswerReader langchain4j(Class<?> type) {
		Getter status = Getter.find(type, "statusCode");
		return (failure) -> new ThrownAnswer(status.number(failure), ThrownAnswer.NO_HEADERS,
				bytes(failure.getMessage()));
	}

	static @Nullable ThrownAnswer fromMessage(Throwable failure) {
		Matcher matcher = STATUS_IN_MESSAGE.matcher(String.valueOf(failure.getMessage()));
		return matcher.lookingAt()
				? new ThrownAnswer(Integer.parseInt(matcher.group(1)), ThrownAnswer.NO_HEADERS, bytes(matcher.group(2)))
				: null;
	}

	private static HeaderLookup headers(@Nullable Object headers, String method) {
		if (headers == null) {
			return ThrownAnswer.NO_HEADERS;
		}
		return (name) -> first(Getter.value(headers, method, name.toLowerCase(Locale.ROOT)));
	}

	private static @Nullable String first(@Nullable Object value) {
		if (value instanceof Optional<?> optional) {
			return first(optional.orElse(null));
		}
		if (value instanceof List<?> list) {
			return list.isEmpty() ? null : first(list.get(0));
		}
		return (value != null) ? value.toString() : null;
	}

	private static byte[] bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
	}

	/** Turns what a vendor's library keeps of a body back into JSON. */
	private static @Nullable String json(@Nullable Object body) {
		if (body == null) {
			return null;
		}
		try {
			Class<?> tree = Class.forName(TREE, false, body.getClass().getClassLoader());
			Object converted = Getter.value(body, "convert", tree);
			return (converted != null) ? converted.toString() : null;
		}
		catch (ClassNotFoundException ex) {
			return null;
		}
	}

	private static String quote(@Nullable Object value) {
		return (value != null) ? JsonEscape.quote(value.toString()) : "null";
	}

}
