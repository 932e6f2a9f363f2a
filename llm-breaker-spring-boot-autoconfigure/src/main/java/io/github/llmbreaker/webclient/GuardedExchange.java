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

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.IdentifiedCall;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The exchange of an LLM call; each subscription is a call of its own.
 */
final class GuardedExchange extends Mono<ClientResponse> {

	private final ExchangeGuard guard;

	private final IdentifiedCall call;

	private final ClientRequest request;

	private final ExchangeFunction next;

	GuardedExchange(ExchangeGuard guard, IdentifiedCall call, ClientRequest request, ExchangeFunction next) {
		this.guard = guard;
		this.call = call;
		this.request = request;
		this.next = next;
	}

	ExchangeGuard guard() {
		return this.guard;
	}

	IdentifiedCall call() {
		return this.call;
	}

	ClientRequest request() {
		return this.request;
	}

	ExchangeFunction next() {
		return this.next;
	}

	/**
	 * Tells the application of an attempt, if it wants to know.
	 */
	void trace(CallPermit permit) {
		if (this.request.attributes().get(LlmCallTrace.ATTRIBUTE) instanceof LlmCallTrace trace) {
			permit.traceTo(trace);
		}
	}

	@Override
	public void subscribe(CoreSubscriber<? super ClientResponse> actual) {
		actual.onSubscribe(new GuardedSubscription(this, actual, ReactiveLlmBreakers.outer(actual)));
	}

}
