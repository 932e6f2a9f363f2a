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
 * @param registry the breakers
 * @param providers the providers
 * @param failures judges what clients throw
 * @param clock the wall clock, for wait hints that name an instant
 * @param ticker the clock for durations, the registry's
 * @param random numbers from 0 to 1 for the jitter of waits
 * @param observer sees the calls
 * @since 0.1.0
 */
public record CallGuard(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, InstantSource clock,
		Ticker ticker, DoubleSupplier random, CallObserver observer) {

	/** Creates a guard that judges exceptions by the dialects of the providers. */
	public CallGuard(BreakerRegistry registry, LlmProviders providers, InstantSource clock, Ticker ticker) {
		this(registry, providers, new ClientFailures(providers, clock), clock, ticker);
	}

	/** Creates a guard with any jitter. */
	public CallGuard(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, InstantSource clock,
			Ticker ticker) {
		this(registry, providers, failures, clock, ticker, () -> ThreadLocalRandom.current().nextDouble());
	}

	/** Creates a guard whose calls nobody sees. */
	public CallGuard(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, InstantSource clock,
			Ticker ticker, DoubleSupplier random) {
		this(registry, providers, failures, clock, ticker, random, CallObserver.NONE);
	}

	/** Returns the same guard for calls that are observed. */
	public CallGuard observedBy(CallObserver other) {
		return new CallGuard(this.registry, this.providers, this.failures, this.clock, this.ticker, this.random, other);
	}

}
