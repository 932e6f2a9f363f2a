// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallTrace;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers {@code POST /v1/chat/completions}, streaming and not.
 */
class ChatCompletions {

	private final Upstream upstream;

	private final Duration streamEndGrace;

	ChatCompletions(Upstream upstream, Duration streamEndGrace) {
		this.upstream = upstream;
		this.streamEndGrace = streamEndGrace;
	}

	Mono<ServerResponse> complete(ServerRequest request) {
		LlmCallTrace trace = new LlmCallTrace();
		return request.bodyToMono(byte[].class)
			.defaultIfEmpty(new byte[0])
			.flatMap((body) -> this.upstream.complete(body, trace))
			.flatMap((answer) -> isStream(answer) ? stream(answer, trace) : document(answer, trace))
			.onErrorResume((error) -> ErrorAnswers.of(error, trace));
	}

	private static boolean isStream(ResponseEntity<?> answer) {
		MediaType contentType = answer.getHeaders().getContentType();
		return contentType != null && Upstream.isStream(contentType);
	}

	private Mono<ServerResponse> stream(ResponseEntity<Flux<ServerSentEvent<String>>> answer, LlmCallTrace trace) {
		if (hasFailed(trace)) {
			return body(answer).mapNotNull(ServerSentEvent::data)
				.filter(Json::isError)
				.next()
				.defaultIfEmpty("")
				.flatMap((error) -> ErrorAnswers.ofDocument(error, trace));
		}
		StreamRelay relay = new StreamRelay(trace, this.streamEndGrace);
		return ServerResponse.ok()
			.headers((headers) -> TraceHeaders.add(headers, trace))
			.body(BodyInserters.fromServerSentEvents(relay.relay(body(answer))));
	}

	/** Nothing has reached the caller yet, so that the error can have a status. */
	private static boolean hasFailed(LlmCallTrace trace) {
		CallOutcome outcome = trace.outcome();
		return outcome != null && switch (outcome.kind()) {
			case SUCCESS, CONTENT_FILTERED, CANCELLED -> false;
			case RATE_LIMITED, OVERLOADED, QUOTA_EXHAUSTED, AUTH, PERMISSION, SERVER_ERROR, TIMEOUT, CONNECT_ERROR,
					STREAM_ERROR, CLIENT_ERROR, MODEL_NOT_FOUND, CONTEXT_LENGTH ->
				true;
		};
	}

	private static Mono<ServerResponse> document(ResponseEntity<Flux<ServerSentEvent<String>>> answer,
			LlmCallTrace trace) {
		return body(answer).next()
			.mapNotNull(ServerSentEvent::data)
			.defaultIfEmpty("")
			.flatMap((document) -> Json.isAnswer(document) ? ErrorAnswers.json(answer.getStatusCode())
				.headers((headers) -> TraceHeaders.add(headers, trace))
				.bodyValue(document) : ErrorAnswers.ofDocument(document, trace));
	}

	private static Flux<ServerSentEvent<String>> body(ResponseEntity<Flux<ServerSentEvent<String>>> answer) {
		Flux<ServerSentEvent<String>> body = answer.getBody();
		return (body != null) ? body : Flux.empty();
	}

}
