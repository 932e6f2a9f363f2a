// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.BreakerState;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of Resilience4j behind one of ours. It is told each change of
 * state, and hands out the places for probes; it is told of no call, so that it never
 * changes by itself. There is none before the first change, as thousands of breakers
 * never have any. To be used under the lock of the state machine.
 */
final class Resilience4jBreaker {

	private final BreakerView owner;

	private @Nullable CircuitBreaker breaker;

	Resilience4jBreaker(BreakerView owner) {
		this.owner = owner;
	}

	State state() {
		return (this.breaker != null) ? this.breaker.getState() : State.CLOSED;
	}

	/** Takes over a state. All places are free again then. */
	void become(BreakerState state) {
		CircuitBreaker breaker = breaker();
		switch (state) {
			case CLOSED -> breaker.transitionToClosedState();
			case OPEN -> breaker.transitionToOpenState();
			case HALF_OPEN -> {
				if (breaker.getState() != State.OPEN) {
					// there is no other way to fresh places
					breaker.transitionToOpenState();
				}
				breaker.transitionToHalfOpenState();
			}
			case FORCED_OPEN -> breaker.transitionToForcedOpenState();
			case DISABLED -> breaker.transitionToDisabledState();
		}
	}

	/** Takes a place for a probe. */
	boolean acquire() {
		return breaker().tryAcquirePermission();
	}

	/** Gives the place of a probe back. */
	void release() {
		breaker().releasePermission();
	}

	private CircuitBreaker breaker() {
		CircuitBreaker breaker = this.breaker;
		if (breaker == null) {
			// nothing is counted, so there is no room for counts
			breaker = CircuitBreaker.of(this.owner.name(),
					CircuitBreakerConfig.custom()
						.slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
						.permittedNumberOfCallsInHalfOpenState(this.owner.policy().halfOpen().calls())
						.build());
			this.breaker = breaker;
		}
		return breaker;
	}

}
