// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

/**
 * Makes the Resilience4j circuit breakers behind our generations. None of them changes
 * its state by itself: the generations do.
 */
final class Resilience4jBreakers {

	private Resilience4jBreakers() {
	}

	/** Places for probes. */
	static CircuitBreaker places(String name, int calls) {
		return of(name,
				CircuitBreakerConfig.custom()
					.initialState(State.HALF_OPEN)
					.permittedNumberOfCallsInHalfOpenState(calls));
	}

	private static CircuitBreaker of(String name, CircuitBreakerConfig.Builder config) {
		return CircuitBreaker.of(name, config.build());
	}

}
