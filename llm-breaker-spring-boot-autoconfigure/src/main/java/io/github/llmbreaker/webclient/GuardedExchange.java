// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.Objects;

import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.reactive.CallContexts;
import io.github.llmbreaker.call.reactive.ReactiveAttempt;
import io.github.llmbreaker.provider.IdentifiedCall;
import org.jspecify.annotations.Nullable;
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

	private final CallFinder finder;

	private final Scheduler scheduler;

	private final IdentifiedCall call;

	private final ClientRequest request;

	private final ExchangeFunction next;

	/**
	 * Creates it.
	 * @param finder finds its breakers
	 * @param scheduler where time limits are watched and retries start
	 * @param call what the request is for
	 * @param request the request
	 * @param next sends it
	 */
	GuardedExchange(CallFinder finder, Scheduler scheduler, IdentifiedCall call, ClientRequest request,
			ExchangeFunction next) {
		this.finder = finder;
		this.scheduler = scheduler;
		this.call = call;
		this.request = request;
		this.next = next;
	}

	CallGuard guard() {
		return this.finder.guard();
	}

	@Nullable TargetGate gate(@Nullable String model) {
		return this.finder.gate(this.call, model);
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

	/**
	 * Sends a request unguarded.
	 */
	Mono<ClientResponse> send(ClientRequest message) {
		return Objects.requireNonNull(this.next.exchange(message), "no exchange");
	}

	/**
	 * Sends the request of an attempt.
	 */
	Mono<ClientResponse> send(ClientRequest message, ReactiveAttempt<ClientResponse> attempt) {
		return this.next.exchange(new SafeRequest(message, attempt));
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
		actual.onSubscribe(new GuardedSubscription(this, actual, CallContexts.outer(actual.currentContext())));
	}

}
