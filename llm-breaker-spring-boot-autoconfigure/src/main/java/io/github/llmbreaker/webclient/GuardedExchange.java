// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.provider.IdentifiedCall;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The exchange of an LLM call; each subscription is a call of its own.
 */
final class GuardedExchange extends Mono<ClientResponse> {

	private final CallGuard guard;

	private final Scheduler scheduler;

	private final IdentifiedCall call;

	private final ClientRequest request;

	private final ExchangeFunction next;

	/**
	 * Creates it.
	 * @param guard what it is guarded with
	 * @param scheduler where time limits are watched and retries start
	 * @param call what the request is for
	 * @param request the request
	 * @param next sends it
	 */
	GuardedExchange(CallGuard guard, Scheduler scheduler, IdentifiedCall call, ClientRequest request,
			ExchangeFunction next) {
		this.guard = guard;
		this.scheduler = scheduler;
		this.call = call;
		this.request = request;
		this.next = next;
	}

	CallGuard guard() {
		return this.guard;
	}

	Scheduler scheduler() {
		return this.scheduler;
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
