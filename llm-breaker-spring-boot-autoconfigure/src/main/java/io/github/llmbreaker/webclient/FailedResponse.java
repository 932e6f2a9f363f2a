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

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

/**
 * An answer that is an error after others had failed as well: its exception has theirs
 * suppressed.
 */
final class FailedResponse extends ClientResponseWrapper {

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
