// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * Inserts a body as it would insert itself, but for the publisher, which is the one that
 * was subscribed already.
 */
final class SharedBodyInserter implements BodyInserter<Object, ClientHttpRequest> {

	private final BodyInserter<?, ? super ClientHttpRequest> original;

	private final SharedBody body;

	SharedBodyInserter(BodyInserter<?, ? super ClientHttpRequest> original, SharedBody body) {
		this.original = original;
		this.body = body;
	}

	@Override
	public Mono<Void> insert(ClientHttpRequest message, Context context) {
		List<HttpMessageWriter<?>> writers = context.messageWriters()
			.stream()
			.<HttpMessageWriter<?>>map((writer) -> new SharedBodyWriter<>(writer, message, this.body))
			.toList();
		return this.original.insert(new RawBodyRequest(message, this.body),
				new WritersContext(writers, context.serverRequest(), context.hints()));
	}

	@SuppressWarnings("unchecked")
	private static <T> Publisher<T> cast(Publisher<?> publisher) {
		return (Publisher<T>) publisher;
	}

	/**
	 * A request whose raw body is replaced.
	 */
	private static final class RawBodyRequest extends ClientHttpRequestDecorator {

		private final SharedBody body;

		RawBodyRequest(ClientHttpRequest delegate, SharedBody body) {
			super(delegate);
			this.body = body;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> replaced) {
			Publisher<DataBuffer> buffers = cast(this.body.publisher());
			return super.writeWith((buffers instanceof Mono) ? buffers : Flux.from(buffers));
		}

	}

	/**
	 * A writer that gets the other publisher, and the real request.
	 *
	 * @param writer the real writer
	 * @param message the real request
	 * @param body the body to write
	 * @param <T> the type of the items
	 */
	private record SharedBodyWriter<T>(HttpMessageWriter<T> writer, ClientHttpRequest message,
			SharedBody body) implements HttpMessageWriter<T> {

		@Override
		public List<MediaType> getWritableMediaTypes() {
			return this.writer.getWritableMediaTypes();
		}

		@Override
		public List<MediaType> getWritableMediaTypes(ResolvableType elementType) {
			return this.writer.getWritableMediaTypes(elementType);
		}

		@Override
		public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
			return this.writer.canWrite(elementType, mediaType);
		}

		@Override
		public Mono<Void> write(Publisher<? extends T> replaced, ResolvableType elementType,
				@Nullable MediaType mediaType, ReactiveHttpOutputMessage decorated, Map<String, Object> hints) {
			return this.writer.write(cast(this.body.publisher()), elementType, mediaType, this.message, hints);
		}

	}

	/**
	 * A context with other writers.
	 *
	 * @param messageWriters the writers
	 * @param serverRequest as it was
	 * @param hints as they were
	 */
	private record WritersContext(List<HttpMessageWriter<?>> messageWriters, Optional<ServerHttpRequest> serverRequest,
			Map<String, Object> hints) implements BodyInserter.Context {
	}

}
