// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Hands on the answer of an exchange that runs unguarded.
 */
final class Passage extends BaseSubscriber<ClientResponse> {

	private final CoreSubscriber<? super ClientResponse> actual;

	Passage(CoreSubscriber<? super ClientResponse> actual) {
		this.actual = actual;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		requestUnbounded();
	}

	@Override
	protected void hookOnNext(ClientResponse response) {
		this.actual.onNext(response);
	}

	@Override
	protected void hookOnError(Throwable error) {
		this.actual.onError(error);
	}

	@Override
	protected void hookOnComplete() {
		this.actual.onComplete();
	}

}
