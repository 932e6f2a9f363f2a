// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers with an error in OpenAI's shape: the provider's own reason where there is one.
 */
final class ErrorAnswers {

	private ErrorAnswers() {
	}

	static ServerResponse.BodyBuilder json(HttpStatusCode status) {
		return ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON);
	}

	static Mono<ServerResponse> of(Throwable failure) {
		return of(failure, new LlmCallTrace());
	}

	static Mono<ServerResponse> of(Throwable failure, LlmCallTrace trace) {
		if (failure instanceof LlmCallRejectedException rejection) {
			return answer(HttpStatus.SERVICE_UNAVAILABLE, trace).header(HttpHeaders.RETRY_AFTER, seconds(rejection))
				.bodyValue(Json.error(failure, trace));
		}
		if (failure instanceof WebClientResponseException upstream && upstream.getStatusCode().isError()) {
			return ofUpstream(upstream, trace);
		}
		if (failure instanceof ErrorResponse request) {
			return answer(request.getStatusCode(), trace)
				.bodyValue(Json.error("The request could not be read", "invalid_request"));
		}
		return answer(Json.isLate(failure, trace) ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY, trace)
			.bodyValue(Json.error(failure, trace));
	}

	/** Answers with an error that came with a good status, or with half a document. */
	static Mono<ServerResponse> ofDocument(String document, LlmCallTrace trace) {
		return answer(statusOf(trace.outcome()), trace).bodyValue(
				Json.isError(document) ? document : Json.error("The provider's answer is not complete", "bad_answer"));
	}

	private static Mono<ServerResponse> ofUpstream(WebClientResponseException upstream, LlmCallTrace trace) {
		String body = upstream.getResponseBodyAsString();
		String retryAfter = upstream.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		ServerResponse.BodyBuilder answer = answer(upstream.getStatusCode(), trace);
		if (retryAfter != null) {
			answer.header(HttpHeaders.RETRY_AFTER, retryAfter);
		}
		return answer.bodyValue(Json.isError(body) ? body
				: Json.error("The provider answered with status " + upstream.getStatusCode().value(), "bad_answer"));
	}

	private static ServerResponse.BodyBuilder answer(HttpStatusCode status, LlmCallTrace trace) {
		return json(status).headers((headers) -> TraceHeaders.add(headers, trace));
	}

	private static HttpStatus statusOf(@Nullable CallOutcome outcome) {
		OutcomeKind kind = (outcome != null) ? outcome.kind() : OutcomeKind.SERVER_ERROR;
		return switch (kind) {
			case RATE_LIMITED, QUOTA_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
			case OVERLOADED -> HttpStatus.SERVICE_UNAVAILABLE;
			case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
			case CLIENT_ERROR, CONTENT_FILTERED, CONTEXT_LENGTH -> HttpStatus.BAD_REQUEST;
			case MODEL_NOT_FOUND -> HttpStatus.NOT_FOUND;
			case SUCCESS, AUTH, PERMISSION, SERVER_ERROR, CONNECT_ERROR, STREAM_ERROR, CANCELLED ->
				HttpStatus.BAD_GATEWAY;
		};
	}

	private static String seconds(LlmCallRejectedException rejection) {
		return Long.toString(Math.max(1, rejection.getRetryAfter().plusNanos(999_999_999).toSeconds()));
	}

}
