// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.breaker.Breaker;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions about a breaker; each returns this one.
 *
 * @since 0.1.0
 */
public final class LlmBreakerAssert extends AbstractAssert<LlmBreakerAssert, LlmBreaker> {

	LlmBreakerAssert(@Nullable LlmBreaker actual) {
		super(actual, LlmBreakerAssert.class);
	}

	/** Whether it rejects calls by itself. */
	public LlmBreakerAssert isOpen() {
		return hasState(BreakerState.OPEN);
	}

	/** Whether it lets calls pass. */
	public LlmBreakerAssert isClosed() {
		return hasState(BreakerState.CLOSED);
	}

	/** Whether it probes. */
	public LlmBreakerAssert isHalfOpen() {
		return hasState(BreakerState.HALF_OPEN);
	}

	/** Whether it was opened by hand. */
	public LlmBreakerAssert isForcedOpen() {
		return hasState(BreakerState.FORCED_OPEN);
	}

	/** Whether it was disabled by hand. */
	public LlmBreakerAssert isDisabled() {
		return hasState(BreakerState.DISABLED);
	}

	/**
	 * Whether it is in a state.
	 * @param expected the state
	 * @return this
	 */
	public LlmBreakerAssert hasState(BreakerState expected) {
		isNotNull();
		BreakerState state = this.actual.state();
		if (state != expected) {
			throw failureWithActualExpected(state, expected, "Expecting breaker '%s' to be %s but it is %s%s",
					this.actual.name(), expected, state, summary());
		}
		return this;
	}

	/** Whether it has opened by itself since it was made; resets don't count back. */
	public LlmBreakerAssert hasTripped() {
		isNotNull();
		if (trips() == 0) {
			throw failure("Expecting breaker '%s' to have tripped but it never has%s", this.actual.name(), summary());
		}
		return this;
	}

	/** Whether it has never opened by itself. */
	public LlmBreakerAssert hasNeverTripped() {
		return hasTrippedTimes(0);
	}

	/**
	 * Whether it has opened by itself a number of times.
	 * @param expected the number
	 * @return this
	 */
	public LlmBreakerAssert hasTrippedTimes(long expected) {
		isNotNull();
		long trips = trips();
		if (trips != expected) {
			throw failureWithActualExpected(trips, expected,
					"Expecting breaker '%s' to have tripped %d time(s) but it has %d time(s)%s", this.actual.name(),
					expected, trips, summary());
		}
		return this;
	}

	/**
	 * Whether it stays open for a time.
	 * @param expected how long from now, exactly; with a {@link ManualTicker} no time
	 * passes meanwhile
	 * @return this
	 */
	public LlmBreakerAssert hasRemainingCooldown(Duration expected) {
		isNotNull();
		Duration remaining = this.actual.remainingCooldown();
		if (!remaining.equals(expected)) {
			throw failureWithActualExpected(remaining, expected,
					"Expecting breaker '%s' to stay open for %s but it does for %s%s", this.actual.name(), expected,
					remaining, summary());
		}
		return this;
	}

	private long trips() {
		if (this.actual instanceof Breaker breaker) {
			return breaker.snapshot().trips();
		}
		throw failure("Expecting a breaker that counts its trips but was a %s", this.actual.getClass().getName());
	}

	private String summary() {
		return (this.actual instanceof Breaker breaker)
				? " (calls: %s, failures: %s)".formatted(breaker.snapshot().calls(), breaker.snapshot().failures())
				: "";
	}

}
