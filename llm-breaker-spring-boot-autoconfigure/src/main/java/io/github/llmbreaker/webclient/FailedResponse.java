// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

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
