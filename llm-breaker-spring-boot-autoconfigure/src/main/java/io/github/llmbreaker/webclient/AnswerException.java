// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.Serial;

import io.github.llmbreaker.call.HoldRule;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

/**
 * An answer that is an error, with its body held back while it is not decided whether the
 * caller gets it. Is never thrown.
 */
final class AnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private transient ClientResponse response;

	private transient HeldBody body;

	/**
	 * Creates it.
	 * @param response the answer
	 * @param body its body
	 */
	AnswerException(ClientResponse response, HeldBody body) {
		super(null, null, true, false);
		this.response = response;
		this.body = body;
	}

	@Override
	public String getMessage() {
		return "The provider answered with status " + this.response.statusCode().value();
	}

	/**
	 * Returns the answer as it came, for a caller who gets it at once.
	 */
	ClientResponse response() {
		return this.response;
	}

	/**
	 * Keeps the answer while another attempt is made: it may have to be handed on after
	 * all. An error body is read on, so that it is whole and its connection free; a very
	 * long one stays at its connection. A good one has failed and ends with what was
	 * read.
	 */
	void keep() {
		if (this.body.isOver()) {
			return;
		}
		if (this.body.isReplayed()) {
			HeldBody rest = HeldBody.ofError(this.body, Context.empty(), HoldRule.MAX_KEPT_ERROR_BYTES, (read) -> {
			});
			rest.start();
			this.response = withBody(rest);
			this.body = rest;
			return;
		}
		byte[] bytes = this.body.beginning(Integer.MAX_VALUE);
		this.body.abandon();
		this.response = withBody(
				Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes.clone()))));
	}

	private ClientResponse withBody(Flux<DataBuffer> other) {
		return this.response.mutate().body((connected) -> other).build();
	}

	/**
	 * Nobody is going to get the answer.
	 */
	void release() {
		this.body.abandon();
	}

	/**
	 * Returns the answer for the caller, whose exception names the other attempts, too.
	 * What of its body is not here yet comes later.
	 */
	ClientResponse handOn() {
		this.body.hurry();
		return (getSuppressed().length > 0) ? new FailedResponse(this.response, getSuppressed()) : this.response;
	}

	/**
	 * An answer that is an error after others had failed as well: its exception has
	 * theirs suppressed.
	 */
	private static final class FailedResponse extends ClientResponseWrapper {

		private final Throwable[] others;

		FailedResponse(ClientResponse delegate, Throwable[] others) {
			super(delegate);
			this.others = others;
		}

		@Override
		public Mono<WebClientResponseException> createException() {
			return super.createException().doOnNext(this::suppress);
		}

		@Override
		public <T> Mono<T> createError() {
			return createException().flatMap(Mono::error);
		}

		@Override
		public Builder mutate() {
			return response().mutate();
		}

		private void suppress(Throwable error) {
			for (Throwable other : this.others) {
				error.addSuppressed(other);
			}
		}

	}

}
