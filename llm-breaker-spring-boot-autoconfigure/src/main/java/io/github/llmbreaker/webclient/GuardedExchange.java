// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

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
