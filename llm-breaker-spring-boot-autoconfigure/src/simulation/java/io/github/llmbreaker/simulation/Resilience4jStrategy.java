// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker of Resilience4j.
 */
final class Resilience4jStrategy implements Strategy {

	private static final Exception FAILURE = new Exception("failure", null, false, false) {

		private static final long serialVersionUID = 1L;

	};

	private final String name;

	private final Consumer<CircuitBreakerConfig.Builder> settings;

	private Resilience4jStrategy(String name, Consumer<CircuitBreakerConfig.Builder> settings) {
		this.name = name;
		this.settings = settings;
	}

	static Resilience4jStrategy withDefaults() {
		return new Resilience4jStrategy("Resilience4j, defaults", (builder) -> {
		});
	}

	/** At least ten calls within a minute, all else as by default. */
	static Resilience4jStrategy withTimeWindow() {
		return new Resilience4jStrategy("Resilience4j, 60 s",
				(builder) -> builder.slidingWindow(60, 10, SlidingWindowType.TIME_BASED));
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Guard start(Run run) {
		CircuitBreakerConfig.Builder config = CircuitBreakerConfig.custom()
			.clock(run.time())
			.currentTimestampFunction((clock) -> run.time().nanos(), TimeUnit.NANOSECONDS);
		this.settings.accept(config);
		return new BreakerGuard(CircuitBreaker.of("model", config.build()));
	}

	/**
	 * Asks the breaker.
	 */
	private record BreakerGuard(CircuitBreaker breaker) implements Guard {

		@Override
		public @Nullable Place enter(double now) {
			return this.breaker.tryAcquirePermission()
					? new PermissionPlace(this.breaker, this.breaker.getCurrentTimestamp()) : null;
		}

		@Override
		public boolean isOpen() {
			return this.breaker.getState() != CircuitBreaker.State.CLOSED;
		}

	}

	/**
	 * A permission.
	 */
	private record PermissionPlace(CircuitBreaker breaker, long start) implements Guard.Place {

		@Override
		public void end(CallOutcome outcome) {
			long nanos = this.breaker.getCurrentTimestamp() - this.start;
			if (outcome.kind() == OutcomeKind.SUCCESS) {
				this.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
			}
			else {
				this.breaker.onError(nanos, TimeUnit.NANOSECONDS, FAILURE);
			}
		}

	}

}
