// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.call.HoldRule;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * An answer whose body is being held back.
 *
 * @param response the answer
 * @param body its body
 */
record HeldAnswer(ClientResponse response, HeldBody body) {

	/**
	 * Returns the answer as it is kept while another attempt is made. An error body is
	 * read on, so that it is whole and its connection free; a very long one stays at its
	 * connection. A good one has failed and ends with what was read.
	 */
	HeldAnswer kept() {
		if (this.body.isOver()) {
			return this;
		}
		if (this.body.isReplayed()) {
			HeldBody rest = HeldBody.ofError(this.body, Context.empty(), HoldRule.MAX_KEPT_ERROR_BYTES, (read) -> {
			});
			rest.start();
			return new HeldAnswer(withBody(rest), rest);
		}
		byte[] bytes = this.body.beginning(Integer.MAX_VALUE);
		this.body.abandon();
		return new HeldAnswer(
				withBody(Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes.clone())))),
				this.body);
	}

	private ClientResponse withBody(Flux<DataBuffer> body) {
		return this.response.mutate().body((connected) -> body).build();
	}

	/**
	 * Returns the answer for the caller: what of its body is not here yet comes later.
	 */
	ClientResponse handOn() {
		this.body.hurry();
		return this.response;
	}

	/**
	 * Nobody is going to get the answer.
	 */
	void release() {
		this.body.abandon();
	}

}
