// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers that exceptions carry. What can be read of a class is found out once,
 * by the name of the class that declares it.
 */
final class ThrownAnswers {

	private static final Reader NONE = (failure) -> null;

	private static final Pattern STATUS_IN_MESSAGE = Pattern.compile("(?:HTTP )?(\\d{3}) - (.*)", Pattern.DOTALL);

	private static final Map<String, Function<Class<?>, Reader>> FACTORIES = Map.ofEntries(
			Map.entry("org.springframework.web.reactive.function.client.WebClientResponseException",
					(type) -> spring(type, "getHeaders")),
			Map.entry("org.springframework.web.client.RestClientResponseException",
					(type) -> spring(type, "getResponseHeaders")),
			Map.entry("com.openai.errors.OpenAIServiceException",
					(type) -> vendor(type, "{\"error\":%s}", "chat.completions")),
			Map.entry("com.anthropic.errors.AnthropicServiceException", (type) -> vendor(type, "%s", "messages")),
			Map.entry("com.google.genai.errors.ApiException", ThrownAnswers::google),
			Map.entry("software.amazon.awssdk.awscore.exception.AwsServiceException", ThrownAnswers::aws),
			Map.entry("dev.langchain4j.exception.HttpException", ThrownAnswers::langchain4j),
			Map.entry("org.springframework.ai.retry.TransientAiException", (type) -> ThrownAnswers::fromMessage),
			Map.entry("org.springframework.ai.retry.NonTransientAiException", (type) -> ThrownAnswers::fromMessage));

	private static final ClassValue<Reader> READERS = new ClassValue<>() {

		@Override
		protected Reader computeValue(Class<?> type) {
			for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
				Function<Class<?>, Reader> factory = FACTORIES.get(declaring.getName());
				if (factory != null) {
					return factory.apply(declaring);
				}
			}
			return NONE;
		}

	};

	private ThrownAnswers() {
	}

	/**
	 * Reads the answer that an exception carries itself, without its causes.
	 * @return the answer, or {@code null} if it carries none
	 */
	static @Nullable ThrownAnswer read(Throwable failure) {
		return READERS.get(failure.getClass()).answerOf(failure);
	}

	private static Reader spring(Class<?> type, String headersMethod) {
		Getter status = Getter.find(type, "getStatusCode").then("value");
		Getter headers = Getter.find(type, headersMethod);
		Getter body = Getter.find(type, "getResponseBodyAsByteArray");
		return (failure) -> new ThrownAnswer(status.number(failure), headers(headers.of(failure), "getFirst"),
				(body.of(failure) instanceof byte[] bytes) ? bytes : new byte[0]);
	}

	private static Reader vendor(Class<?> type, String form, String endpoint) {
		Getter status = Getter.find(type, "statusCode");
		Getter headers = Getter.find(type, "headers");
		Getter body = Getter.find(type, "body");
		return (failure) -> {
			String json = VendorJson.text(body.of(failure));
			return new ThrownAnswer(status.number(failure), headers(headers.of(failure), "values"),
					bytes((json != null) ? form.formatted(json) : ""), endpoint);
		};
	}

	private static Reader google(Class<?> type) {
		Getter code = Getter.find(type, "code");
		Getter status = Getter.find(type, "status");
		return (failure) -> new ThrownAnswer(code.number(failure), ThrownAnswer.NO_HEADERS,
				bytes("{\"error\":{\"code\":%d,\"status\":%s,\"message\":%s}}".formatted(code.number(failure),
						VendorJson.quote(status.of(failure)), VendorJson.quote(failure.getMessage()))));
	}

	private static Reader aws(Class<?> type) {
		Getter status = Getter.find(type, "statusCode");
		Getter details = Getter.find(type, "awsErrorDetails");
		return (failure) -> {
			Object detail = details.of(failure);
			Object code = Getter.value(detail, "errorCode");
			HeaderLookup sent = headers(Getter.value(detail, "sdkHttpResponse"), "firstMatchingHeader");
			HeaderLookup headers = (name) -> (code != null && name.equalsIgnoreCase("x-amzn-errortype"))
					? code.toString() : sent.first(name);
			return new ThrownAnswer(status.number(failure), headers, bytes("{\"__type\":%s,\"message\":%s}"
				.formatted(VendorJson.quote(code), VendorJson.quote(Getter.value(detail, "errorMessage")))));
		};
	}

	private static Reader langchain4j(Class<?> type) {
		Getter status = Getter.find(type, "statusCode");
		return (failure) -> new ThrownAnswer(status.number(failure), ThrownAnswer.NO_HEADERS,
				bytes(failure.getMessage()));
	}

	private static @Nullable ThrownAnswer fromMessage(Throwable failure) {
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

	/**
	 * Reads the exceptions of one class.
	 */
	@FunctionalInterface
	private interface Reader {

		@Nullable ThrownAnswer answerOf(Throwable failure);

	}

}
