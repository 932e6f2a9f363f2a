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
