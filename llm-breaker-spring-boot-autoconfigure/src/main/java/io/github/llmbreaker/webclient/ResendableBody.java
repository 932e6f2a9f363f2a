// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.reactive.BufferBytes;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * A request body that can be sent again, changed or not: its bytes are kept when it is
 * first written, unless there are too many of them.
 */
final class ResendableBody {

	private final BodyInserter<?, ? super ClientHttpRequest> original;

	private boolean sent;

	private volatile boolean tooLong;

	private volatile @Nullable Written written;

	ResendableBody(BodyInserter<?, ? super ClientHttpRequest> original) {
		this.original = original;
	}

	/**
	 * Whether the body turned out to be too long to be kept, so that it cannot be sent
	 * again.
	 */
	boolean isTooLong() {
		return this.tooLong;
	}

	/**
	 * Inserts the body into the next request.
	 * @param route where that goes
	 */
	BodyInserter<?, ClientHttpRequest> inserter(RequestRoute route) {
		boolean first = !this.sent;
		this.sent = true;
		if (first && route.rewrite() == null) {
			return (message, context) -> this.original.insert(new KeepingRequest(message), context);
		}
		Written known = this.written;
		if (known == null) {
			return (message, context) -> this.original.insert(new ChangingRequest(message, route), context);
		}
		return (message, context) -> {
			if (known.contentType() != null) {
				message.getHeaders().set(HttpHeaders.CONTENT_TYPE, known.contentType());
			}
			return write(message, route.body(known.bytes(), known.contentType()));
		};
	}

	private static Mono<Void> write(ClientHttpRequest message, byte[] bytes) {
		if (bytes.length == 0) {
			return message.setComplete();
		}
		message.getHeaders().setContentLength(bytes.length);
		return message.writeWith(Mono.fromSupplier(() -> message.bufferFactory().wrap(bytes)));
	}

	private void written(BufferBytes bytes, HttpHeaders headers) {
		this.written = new Written(bytes, headers.getFirst(HttpHeaders.CONTENT_TYPE));
	}

	/**
	 * What was sent.
	 *
	 * @param all the bytes
	 * @param contentType what they are
	 */
	private record Written(BufferBytes all, @Nullable String contentType) {

		byte[] bytes() {
			return this.all.toByteArray();
		}

	}

	/** The copy of what passes, as long as that is not too much. */
	private final class Copy {

		private @Nullable BufferBytes bytes = new BufferBytes();

		void append(DataBuffer buffer) {
			BufferBytes known = this.bytes;
			if (known == null) {
				return;
			}
			if (known.size() + (long) buffer.readableByteCount() > HoldRule.MAX_REQUEST_BYTES) {
				this.bytes = null;
				ResendableBody.this.tooLong = true;
				return;
			}
			known.append(buffer);
		}

		void complete(HttpHeaders headers) {
			BufferBytes all = this.bytes;
			if (all != null) {
				written(all, headers);
			}
		}

	}

	/** A request whose body is kept while it is written. */
	private final class KeepingRequest extends ClientHttpRequestDecorator {

		KeepingRequest(ClientHttpRequest delegate) {
			super(delegate);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			if (body instanceof Mono) {
				return super.writeWith(Mono.defer(() -> {
					Copy copy = new Copy();
					return Mono.from(body).doOnNext(copy::append).doOnSuccess((last) -> copy.complete(getHeaders()));
				}));
			}
			return super.writeWith(Flux.defer(() -> {
				Copy copy = new Copy();
				return Flux.from(body).doOnNext(copy::append).doOnComplete(() -> copy.complete(getHeaders()));
			}));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.defer(() -> {
				Copy copy = new Copy();
				return Flux.from(body)
					.map((group) -> Flux.from(group).doOnNext(copy::append))
					.doOnComplete(() -> copy.complete(getHeaders()));
			}));
		}

	}

	/** A request whose body is collected and changed before it is written. */
	private final class ChangingRequest extends ClientHttpRequestDecorator {

		private final RequestRoute route;

		ChangingRequest(ClientHttpRequest delegate, RequestRoute route) {
			super(delegate);
			this.route = route;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return Flux.from(body).collect(BufferBytes::new, this::append).flatMap(this::write);
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return writeWith(Flux.from(body).concatMap((group) -> group));
		}

		private void append(BufferBytes bytes, DataBuffer buffer) {
			try {
				if (bytes.size() + (long) buffer.readableByteCount() > HoldRule.MAX_REQUEST_BYTES) {
					ResendableBody.this.tooLong = true;
					throw new IllegalStateException("The request body is too long to be sent again");
				}
				bytes.append(buffer);
			}
			finally {
				DataBufferUtils.release(buffer);
			}
		}

		private Mono<Void> write(BufferBytes bytes) {
			written(bytes, getHeaders());
			return ResendableBody.write(getDelegate(),
					this.route.body(bytes.toByteArray(), getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)));
		}

	}

}
