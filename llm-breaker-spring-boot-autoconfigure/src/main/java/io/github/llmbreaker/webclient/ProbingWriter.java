// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * Accepts every object, and writes none: it tells the {@link ProbedRequest} what it got.
 */
final class ProbingWriter implements HttpMessageWriter<Object> {

	static final BodyInserter.Context CONTEXT = new ProbingContext(List.of(new ProbingWriter()));

	private ProbingWriter() {
	}

	@Override
	public List<MediaType> getWritableMediaTypes() {
		return List.of(MediaType.ALL);
	}

	@Override
	public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
		return true;
	}

	@Override
	public Mono<Void> write(Publisher<? extends Object> body, ResolvableType elementType, @Nullable MediaType mediaType,
			ReactiveHttpOutputMessage message, Map<String, Object> hints) {
		if (undecorated(message) instanceof ProbedRequest probed) {
			probed.body(body);
		}
		return Mono.empty();
	}

	private static ReactiveHttpOutputMessage undecorated(ReactiveHttpOutputMessage message) {
		ReactiveHttpOutputMessage current = message;
		while (current instanceof ClientHttpRequestDecorator decorator) {
			current = decorator.getDelegate();
		}
		return current;
	}

	/**
	 * Knows no other writer.
	 *
	 * @param messageWriters the one writer
	 */
	private record ProbingContext(List<HttpMessageWriter<?>> messageWriters) implements BodyInserter.Context {

		@Override
		public Optional<ServerHttpRequest> serverRequest() {
			return Optional.empty();
		}

		@Override
		public Map<String, Object> hints() {
			return Map.of();
		}

	}

}
