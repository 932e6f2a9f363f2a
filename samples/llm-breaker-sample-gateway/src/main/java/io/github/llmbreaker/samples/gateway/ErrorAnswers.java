// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Answers with an error in OpenAI's shape: the provider's own reason where there is one.
 * Clients are told not to try again, because the gateway has done so as far as it makes
 * sense.
 */
final class ErrorAnswers {

	private static final String SHOULD_RETRY = "x-should-retry";

	private static final String OWN = "gateway_error";

	private ErrorAnswers() {
	}

	/** Answers with what went wrong between the gateway and the provider. */
	static Mono<Void> write(ServerHttpResponse response, Throwable failure, LlmCallTrace trace) {
		if (failure instanceof RequestRefusedException refusal) {
			return refuse(response, refusal);
		}
		HttpHeaders headers = response.getHeaders();
		headers.clear();
		TraceHeaders.add(headers, trace);
		if (failure instanceof LlmCallRejectedException rejection) {
			headers.set(HttpHeaders.RETRY_AFTER, seconds(rejection));
			return write(response, HttpStatus.SERVICE_UNAVAILABLE, Json.error(failure, trace));
		}
		if (failure instanceof FailedAnswerException answer) {
			String document = answer.document();
			return write(response, Outcome.status(trace), Json.isError(document) ? document
					: Json.error("The provider's answer is not complete", "bad_answer"));
		}
		HttpStatus status = Json.isLate(failure, trace) ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY;
		return write(response, status, Json.error(failure, trace));
	}

	/** Answers with a provider's error, whose headers the response has already. */
	static Mono<Void> write(ServerHttpResponse response, HttpStatusCode status, byte[] body) {
		String document = new String(body, StandardCharsets.UTF_8);
		return write(response, status, Json.isError(document) ? document
				: Json.error("The provider answered with status " + status.value(), "bad_answer"));
	}

	/** Answers that the gateway itself does not take the request. */
	static Mono<Void> refuse(ServerHttpResponse response, RequestRefusedException refusal) {
		response.getHeaders().clear();
		if (refusal.isPassing()) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
			response.getHeaders().set(SHOULD_RETRY, "true");
		}
		if (refusal.status() == HttpStatus.UNAUTHORIZED) {
			response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		return write(response, refusal.status(), Json.error(String.valueOf(refusal.getMessage()), OWN, refusal.code()));
	}

	private static Mono<Void> write(ServerHttpResponse response, HttpStatusCode status, String json) {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		response.setStatusCode(status);
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setContentLength(body.length);
		if (headers.getFirst(SHOULD_RETRY) == null || status.value() != HttpStatus.SERVICE_UNAVAILABLE.value()
				|| headers.getFirst(TraceHeaders.ATTEMPTS) != null) {
			headers.set(SHOULD_RETRY, "false");
		}
		DataBuffer buffer = response.bufferFactory().wrap(body);
		return response.writeWith(Mono.just(buffer));
	}

	private static String seconds(LlmCallRejectedException rejection) {
		return Long.toString(Math.max(1, rejection.getRetryAfter().plusNanos(999_999_999).toSeconds()));
	}

}
