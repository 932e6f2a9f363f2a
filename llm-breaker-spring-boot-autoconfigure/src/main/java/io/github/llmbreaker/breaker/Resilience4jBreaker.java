// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.BreakerState;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

/**
 * The circuit breaker of Resilience4j behind one of ours. It is told each change of
 * state, and hands out the places for probes; it is told of no call, so that it never
 * changes by itself. To be used under the lock of the state machine.
 */
final class Resilience4jBreaker {

	private final CircuitBreaker breaker;

	Resilience4jBreaker(String name, HalfOpenPolicy policy) {
		// nothing is counted, so there is no room for counts
		this.breaker = CircuitBreaker.of(name,
				CircuitBreakerConfig.custom()
					.slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
					.permittedNumberOfCallsInHalfOpenState(policy.calls())
					.build());
	}

	State state() {
		return this.breaker.getState();
	}

	/** Takes over a state. All places are free again then. */
	void become(BreakerState state) {
		switch (state) {
			case CLOSED -> this.breaker.transitionToClosedState();
			case OPEN -> this.breaker.transitionToOpenState();
			case HALF_OPEN -> becomeHalfOpen();
			case FORCED_OPEN -> this.breaker.transitionToForcedOpenState();
			case DISABLED -> this.breaker.transitionToDisabledState();
		}
	}

	private void becomeHalfOpen() {
		if (state() != State.OPEN) {
			// there is no other way to fresh places
			this.breaker.transitionToOpenState();
		}
		this.breaker.transitionToHalfOpenState();
	}

	/** Takes a place for a probe. */
	boolean acquire() {
		return this.breaker.tryAcquirePermission();
	}

	/** Gives the place of a probe back. */
	void release() {
		this.breaker.releasePermission();
	}

}
