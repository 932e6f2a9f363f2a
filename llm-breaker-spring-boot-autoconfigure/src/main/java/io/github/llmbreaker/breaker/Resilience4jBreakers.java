// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Clock;
import java.time.Duration;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Resilience4j circuit breakers behind our generations. None of them changes
 * its state by itself: the generations do.
 */
final class Resilience4jBreakers {

	/** The longest there is: no call is slow. */
	private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

	private Resilience4jBreakers() {
	}

	/** A sliding time window. */
	static CircuitBreaker timeWindow(String name, Clock clock, @Nullable Duration slowCallDuration) {
		return of(name,
				counting(slowCallDuration).clock(clock)
					.slidingWindow(WindowClock.BUCKETS, Integer.MAX_VALUE, SlidingWindowType.TIME_BASED,
							SlidingWindowSynchronizationStrategy.SYNCHRONIZED));
	}

	/** The last calls. */
	static CircuitBreaker lastCalls(String name, int calls, @Nullable Duration slowCallDuration) {
		return of(name, counting(slowCallDuration).slidingWindow(calls, calls, SlidingWindowType.COUNT_BASED,
				SlidingWindowSynchronizationStrategy.SYNCHRONIZED));
	}

	/** Places for probes. */
	static CircuitBreaker places(String name, int calls) {
		return of(name,
				CircuitBreakerConfig.custom()
					.initialState(State.HALF_OPEN)
					.permittedNumberOfCallsInHalfOpenState(calls));
	}

	private static CircuitBreakerConfig.Builder counting(@Nullable Duration slowCallDuration) {
		return CircuitBreakerConfig.custom()
			.initialState(State.METRICS_ONLY)
			.slowCallDurationThreshold(
					(slowCallDuration != null) ? Duration.ofNanos(Nanos.of(slowCallDuration)) : NEVER);
	}

	private static CircuitBreaker of(String name, CircuitBreakerConfig.Builder config) {
		return CircuitBreaker.of(name, config.build());
	}

}
