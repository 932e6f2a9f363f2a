// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import io.github.llmbreaker.LlmCallTrace;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyExtractor;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks the service behind the gateway. Everything else, from breakers to fallbacks, is
 * done by the starter underneath.
 */
class Upstream {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebClient client;

	Upstream(WebClient client) {
		this.client = client;
	}

	/**
	 * Asks for a chat completion.
	 * @param request the request as it came
	 * @param trace told who answered
	 * @return the answer: the events of a stream, or one event that holds the document
	 */
	Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> complete(byte[] request, LlmCallTrace trace) {
		return this.client.post()
			.uri("/chat/completions")
			.contentType(MediaType.APPLICATION_JSON)
			.attribute(LlmCallTrace.ATTRIBUTE, trace)
			.bodyValue(request)
			.retrieve()
			.toEntityFlux(Upstream::events);
	}

	Mono<ResponseEntity<String>> models() {
		return this.client.get().uri("/models").retrieve().toEntity(String.class);
	}

	static boolean isStream(MediaType contentType) {
		return MediaType.TEXT_EVENT_STREAM.isCompatibleWith(contentType);
	}

	private static Flux<ServerSentEvent<String>> events(ReactiveHttpInputMessage message,
			BodyExtractor.Context context) {
		MediaType contentType = message.getHeaders().getContentType();
		if (contentType != null && isStream(contentType)) {
			return BodyExtractors.toFlux(EVENT).extract(message, context);
		}
		return BodyExtractors.toMono(String.class)
			.extract(message, context)
			.map((document) -> ServerSentEvent.builder(document).build())
			.flux();
	}

}
