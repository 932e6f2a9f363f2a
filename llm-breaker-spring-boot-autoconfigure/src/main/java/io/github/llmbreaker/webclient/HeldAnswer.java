// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import reactor.core.publisher.Flux;

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
	 * Returns the answer without the connection, which is closed: another attempt is
	 * made, and this answer may have to be handed on after it. Its body ends with what
	 * was read.
	 */
	ClientResponse detached() {
		if (this.body.isOver()) {
			return this.response;
		}
		byte[] bytes = this.body.beginning(Integer.MAX_VALUE);
		this.body.abandon();
		Flux<DataBuffer> known = Flux
			.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes.clone())));
		return this.response.mutate().body((connected) -> known).build();
	}

}
