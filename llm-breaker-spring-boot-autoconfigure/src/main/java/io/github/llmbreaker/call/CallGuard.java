// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.thrown.ClientFailures;

/**
 * What all guarded calls of an application share.
 *
 * @since 0.1.0
 */
public final class CallGuard {

	private final BreakerRegistry registry;

	private final LlmProviders providers;

	private final ClientFailures failures;

	private final InstantSource clock;

	private final Ticker ticker;

	private final DoubleSupplier random;

	private final CallObserver observer;

	/**
	 * Creates a guard that judges exceptions by the dialects of the providers.
	 * @param registry the breakers
	 * @param providers the providers
	 * @param clock the wall clock
	 * @param ticker the clock for durations, the registry's
	 */
	public CallGuard(BreakerRegistry registry, LlmProviders providers, InstantSource clock, Ticker ticker) {
		this(registry, providers, new ClientFailures(providers, clock), clock, ticker);
	}

	/**
	 * Creates a guard.
	 * @param registry the breakers
	 * @param providers the providers
	 * @param failures judges what clients throw
	 * @param clock the wall clock
	 * @param ticker the clock for durations, the registry's
	 */
	public CallGuard(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, InstantSource clock,
			Ticker ticker) {
		this(registry, providers, failures, clock, ticker, () -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Creates a guard.
	 * @param registry the breakers
	 * @param providers the providers
	 * @param failures judges what clients throw
	 * @param clock the wall clock, for wait hints that name an instant
	 * @param ticker the clock for durations, the registry's
	 * @param random numbers from 0 to 1 for the jitter of waits
	 */
	public CallGuard(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, InstantSource clock,
			Ticker ticker, DoubleSupplier random) {
		this.registry = registry;
		this.providers = providers;
		this.failures = failures;
		this.clock = clock;
		this.ticker = ticker;
		this.random = random;
		this.observer = CallObserver.NONE;
	}

	private CallGuard(CallGuard other, CallObserver observer) {
		this.registry = other.registry;
		this.providers = other.providers;
		this.failures = other.failures;
		this.clock = other.clock;
		this.ticker = other.ticker;
		this.random = other.random;
		this.observer = observer;
	}

	/**
	 * Returns the same guard for calls that are observed.
	 * @param observer sees the calls
	 * @return another guard
	 */
	public CallGuard observedBy(CallObserver observer) {
		return new CallGuard(this, observer);
	}

	/**
	 * Returns the breakers.
	 * @return the registry
	 */
	public BreakerRegistry registry() {
		return this.registry;
	}

	/**
	 * Returns the providers.
	 * @return the providers
	 */
	public LlmProviders providers() {
		return this.providers;
	}

	/**
	 * Returns who judges what clients throw.
	 * @return the judge
	 */
	public ClientFailures failures() {
		return this.failures;
	}

	/**
	 * Returns the wall clock.
	 * @return the clock
	 */
	public InstantSource clock() {
		return this.clock;
	}

	/**
	 * Returns the clock for durations.
	 * @return the registry's ticker
	 */
	public Ticker ticker() {
		return this.ticker;
	}

	/**
	 * Returns where the jitter of waits comes from.
	 * @return numbers from 0 to 1
	 */
	public DoubleSupplier random() {
		return this.random;
	}

	/**
	 * Returns who sees the calls.
	 * @return the observer
	 */
	public CallObserver observer() {
		return this.observer;
	}

}
