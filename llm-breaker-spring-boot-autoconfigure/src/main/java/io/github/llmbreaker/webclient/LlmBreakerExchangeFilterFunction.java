// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.InstantSource;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmProviders;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Guards the LLM calls of a {@code WebClient}; all other requests pass untouched.
 * <p>
 * Each subscription is one call: it asks the breakers of its target before the request is
 * sent, and reports how the call ended when the body did. A rejected call ends with
 * {@link io.github.llmbreaker.LlmCallRejectedException} without using a connection.
 * Answers, error bodies included, reach the caller as they are.
 *
 * @since 0.1.0
 */
public final class LlmBreakerExchangeFilterFunction implements ExchangeFilterFunction {

	private final CallFinder finder;

	private final Scheduler scheduler;

	/**
	 * Creates a filter that watches time limits on {@link Schedulers#parallel()}.
	 * @param providers the providers of the application
	 * @param registry the breakers
	 * @param clock the wall clock, for wait hints that name an instant
	 */
	public LlmBreakerExchangeFilterFunction(LlmProviders providers, BreakerRegistry registry, InstantSource clock) {
		this(providers, registry, clock, Ticker.SYSTEM, Schedulers.parallel());
	}

	/**
	 * Creates a filter.
	 * @param providers the providers of the application
	 * @param registry the breakers
	 * @param clock the wall clock, for wait hints that name an instant
	 * @param ticker the clock for durations, the registry's
	 * @param scheduler where time limits are watched and retries start
	 */
	public LlmBreakerExchangeFilterFunction(LlmProviders providers, BreakerRegistry registry, InstantSource clock,
			Ticker ticker, Scheduler scheduler) {
		this(new CallGuard(registry, providers, clock, ticker), scheduler);
	}

	/**
	 * Creates a filter.
	 * @param guard what calls are guarded with
	 * @param scheduler where time limits are watched and retries start
	 */
	public LlmBreakerExchangeFilterFunction(CallGuard guard, Scheduler scheduler) {
		this.finder = new CallFinder(guard);
		this.scheduler = scheduler;
	}

	/**
	 * Guards an exchange if it is an LLM call.
	 * @param request the request; its attribute {@link LlmTarget#ATTRIBUTE} says what it
	 * is, otherwise its URL and its body do
	 * @param next the exchange
	 * @return the guarded exchange; an {@link IllegalArgumentException} if the attribute
	 * is no {@link LlmTarget}
	 */
	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		IdentifiedCall call;
		try {
			call = this.finder.identify(request.url(), request.attributes().get(LlmTarget.ATTRIBUTE), request,
					(message, name) -> message.headers().getFirst(name));
		}
		catch (IllegalArgumentException ex) {
			return Mono.error(ex);
		}
		return (call != null) ? new GuardedExchange(this.finder, this.scheduler, call, request, next)
				: next.exchange(request);
	}

}
