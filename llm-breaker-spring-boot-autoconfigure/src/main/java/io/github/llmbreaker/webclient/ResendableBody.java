// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.function.BiFunction;

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
 * first written.
 */
final class ResendableBody {

	private final BodyInserter<?, ? super ClientHttpRequest> original;

	private volatile @Nullable Written written;

	ResendableBody(BodyInserter<?, ? super ClientHttpRequest> original) {
		this.original = original;
	}

	/**
	 * Inserts the body as it is.
	 */
	BodyInserter<?, ClientHttpRequest> first() {
		return (message, context) -> this.original.insert(new KeepingRequest(message), context);
	}

	/**
	 * Inserts the body again.
	 * @param change changes the bytes, given their content type
	 */
	BodyInserter<?, ClientHttpRequest> again(BiFunction<byte[], @Nullable String, byte[]> change) {
		Written known = this.written;
		if (known == null) {
			return (message, context) -> this.original.insert(new ChangingRequest(message, change), context);
		}
		return (message, context) -> {
			if (known.contentType() != null) {
				message.getHeaders().set(HttpHeaders.CONTENT_TYPE, known.contentType());
			}
			return write(message, change.apply(known.bytes(), known.contentType()));
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
		this.written = new Written(bytes.toByteArray(), headers.getFirst(HttpHeaders.CONTENT_TYPE));
	}

	/**
	 * What was sent.
	 *
	 * @param bytes the bytes
	 * @param contentType what they are
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Written(byte[] bytes, @Nullable String contentType) {
	}

	/**
	 * A request whose body is kept while it is written.
	 */
	private final class KeepingRequest extends ClientHttpRequestDecorator {

		KeepingRequest(ClientHttpRequest delegate) {
			super(delegate);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			if (body instanceof Mono) {
				return super.writeWith(Mono.defer(() -> {
					BufferBytes kept = new BufferBytes();
					return Mono.from(body).doOnNext(kept::append).doOnSuccess((last) -> written(kept, getHeaders()));
				}));
			}
			return super.writeWith(Flux.defer(() -> {
				BufferBytes kept = new BufferBytes();
				return Flux.from(body).doOnNext(kept::append).doOnComplete(() -> written(kept, getHeaders()));
			}));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.defer(() -> {
				BufferBytes kept = new BufferBytes();
				return Flux.from(body)
					.map((group) -> Flux.from(group).doOnNext(kept::append))
					.doOnComplete(() -> written(kept, getHeaders()));
			}));
		}

	}

	/**
	 * A request whose body is collected and changed before it is written.
	 */
	private final class ChangingRequest extends ClientHttpRequestDecorator {

		private final BiFunction<byte[], @Nullable String, byte[]> change;

		ChangingRequest(ClientHttpRequest delegate, BiFunction<byte[], @Nullable String, byte[]> change) {
			super(delegate);
			this.change = change;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return Flux.from(body).collect(BufferBytes::new, (bytes, buffer) -> {
				bytes.append(buffer);
				DataBufferUtils.release(buffer);
			}).flatMap(this::write);
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return writeWith(Flux.from(body).concatMap((group) -> group));
		}

		private Mono<Void> write(BufferBytes bytes) {
			written(bytes, getHeaders());
			return ResendableBody.write(getDelegate(),
					this.change.apply(bytes.toByteArray(), getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)));
		}

	}

}
