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

	private volatile @Nullable Copy written;

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
		Copy known = this.written;
		if (known == null) {
			return (message, context) -> this.original.insert(new ChangingRequest(message, route), context);
		}
		return (message, context) -> {
			if (known.contentType != null) {
				message.getHeaders().set(HttpHeaders.CONTENT_TYPE, known.contentType);
			}
			return known.write(message, route);
		};
	}

	/** The copy of what passes, as long as that is not too much. */
	private final class Copy {

		private BufferBytes bytes = new BufferBytes();

		private @Nullable String contentType;

		private boolean partial;

		/** Whether it was not too much. */
		boolean append(DataBuffer buffer) {
			if (this.bytes.size() + (long) buffer.readableByteCount() > HoldRule.MAX_REQUEST_BYTES) {
				this.partial = true;
				this.bytes = new BufferBytes();
				ResendableBody.this.tooLong = true;
			}
			if (!this.partial) {
				this.bytes.append(buffer);
			}
			return !this.partial;
		}

		void complete(HttpHeaders headers) {
			this.contentType = headers.getFirst(HttpHeaders.CONTENT_TYPE);
			if (!this.partial) {
				ResendableBody.this.written = this;
			}
		}

		Mono<Void> write(ClientHttpRequest message, RequestRoute route) {
			byte[] changed = route.body(this.bytes.toByteArray(), this.contentType);
			if (changed.length == 0) {
				return message.setComplete();
			}
			message.getHeaders().setContentLength(changed.length);
			return message.writeWith(Mono.fromSupplier(() -> message.bufferFactory().wrap(changed)));
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
			return Flux.from(body).collect(Copy::new, this::append).flatMap((copy) -> {
				copy.complete(getHeaders());
				return copy.write(getDelegate(), this.route);
			});
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return writeWith(Flux.from(body).concatMap((group) -> group));
		}

		private void append(Copy copy, DataBuffer buffer) {
			try {
				if (!copy.append(buffer)) {
					throw new IllegalStateException("The request body is too long to be sent again");
				}
			}
			finally {
				DataBufferUtils.release(buffer);
			}
		}

	}

}
