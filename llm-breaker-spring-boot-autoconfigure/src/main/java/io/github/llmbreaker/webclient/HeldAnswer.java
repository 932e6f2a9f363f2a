/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
