// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.llmbreaker.call.reactive.BufferBytes;
import io.github.llmbreaker.call.reactive.HeldFlux;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * A deferred request body that is subscribed once: its beginning is asked for the model,
 * and written as part of the body later.
 */
final class SharedBody extends HeldFlux<Object> {

	/** How far raw bytes are kept back while they have not named a model. */
	private static final int LIMIT = 16 * 1024;

	private final Publisher<?> source;

	private final @Nullable String contentType;

	private final Consumer<@Nullable String> ready;

	private volatile @Nullable Object first;

	private @Nullable String model;

	/** What was seen of a body that comes in several buffers, none of which is kept. */
	private @Nullable BufferBytes beginning;

	SharedBody(Publisher<?> source, @Nullable String contentType, Context context, Consumer<@Nullable String> ready) {
		super(context);
		this.source = source;
		this.contentType = contentType;
		this.ready = ready;
	}

	void start() {
		hold(this.source);
	}

	/**
	 * Returns what inserts the body as it would insert itself, but for the publisher,
	 * which is the one that was subscribed already.
	 */
	BodyInserter<Object, ClientHttpRequest> inserter(BodyInserter<?, ? super ClientHttpRequest> original) {
		return (message, context) -> {
			List<HttpMessageWriter<?>> writers = context.messageWriters()
				.stream()
				.<HttpMessageWriter<?>>map((writer) -> new SharedBodyWriter<>(writer, message, this))
				.toList();
			return original.insert(new RawBodyRequest(message, this),
					new Writers(writers, context.serverRequest(), context.hints()));
		};
	}

	/**
	 * Returns the body as the kind of publisher that it was, because writers treat the
	 * two kinds differently.
	 */
	Publisher<?> publisher() {
		return (this.source instanceof Mono) ? Mono.fromDirect(this) : this;
	}

	@Override
	protected boolean look(Object item) {
		keep(item);
		this.first = item;
		if (item instanceof DataBuffer buffer) {
			return look(buffer);
		}
		this.model = modelOf(item, this.contentType);
		return true;
	}

	private boolean look(DataBuffer buffer) {
		BufferBytes seen = this.beginning;
		if (seen == null) {
			this.model = modelOf(buffer, this.contentType);
			seen = new BufferBytes();
			seen.append(buffer, LIMIT);
			this.beginning = seen;
		}
		else {
			seen.append(buffer, LIMIT);
			this.model = RequestModels.scan(ByteBuffer.wrap(seen.toByteArray()), this.contentType);
		}
		return this.model != null || seen.size() >= LIMIT;
	}

	@Override
	protected void looked(boolean complete, @Nullable Throwable error) {
		this.beginning = null;
		this.ready.accept(this.model);
	}

	@Override
	protected void subscribeAgain(CoreSubscriber<? super Object> actual) {
		Object object = this.first;
		boolean again = this.source instanceof Mono && object != null && !(object instanceof DataBuffer);
		(again ? Flux.just(Objects.requireNonNull(object)) : Flux.<Object>from(this.source)).subscribe(actual);
	}

	/** Asks a body object for its model. */
	static @Nullable String modelOf(Object body, @Nullable String contentType) {
		try {
			if (body instanceof DataBuffer buffer) {
				return ofBytes(buffer, contentType);
			}
			if (body instanceof byte[] bytes) {
				return RequestModels.scan(ByteBuffer.wrap(bytes), contentType);
			}
			return (body instanceof Map<?, ?> map) ? ofMap(map) : RequestModels.of(body);
		}
		catch (Throwable ex) {
			// A body of any class runs code of the application, which may throw anything.
			return null;
		}
	}

	private static @Nullable String ofBytes(DataBuffer buffer, @Nullable String contentType) {
		try (DataBuffer.ByteBufferIterator pieces = buffer.readableByteBuffers()) {
			return pieces.hasNext() ? RequestModels.scan(pieces.next(), contentType) : null;
		}
	}

	private static @Nullable String ofMap(Map<?, ?> map) {
		Object value = map.get("model");
		if (value instanceof Collection<?> values && values.size() == 1) {
			value = values.iterator().next();
		}
		if (value instanceof HttpEntity<?> part) {
			value = part.getBody();
		}
		return (value instanceof CharSequence text) ? text.toString() : RequestModels.of(map);
	}

	@SuppressWarnings("unchecked")
	private static <T> Publisher<T> cast(Publisher<?> publisher) {
		return (Publisher<T>) publisher;
	}

	/** A request whose raw body is replaced. */
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
	 * What bodies are inserted with.
	 *
	 * @param messageWriters write the bodies
	 * @param serverRequest the request that is handled meanwhile, if any
	 * @param hints how to write
	 */
	record Writers(List<HttpMessageWriter<?>> messageWriters, Optional<ServerHttpRequest> serverRequest,
			Map<String, Object> hints) implements BodyInserter.Context {
	}

}
