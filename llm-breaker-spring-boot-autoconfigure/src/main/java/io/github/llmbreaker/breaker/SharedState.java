// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What one instance of the application tells the others of a breaker. Holds no time of
 * day: the clocks of instances differ.
 *
 * @param state the state
 * @param remaining how long it will last from now on; {@code null} if that is not limited
 * @param kind the kind of failure that opened it; {@code null} if none did
 * @param status the HTTP status of that failure; {@code null} if it had none
 * @param inStream whether it failed in the middle of a stream
 * @param reopenings how often it opened again without a close in between
 * @since 0.1.0
 */
public record SharedState(BreakerState state, @Nullable Duration remaining, @Nullable OutcomeKind kind,
		@Nullable Integer status, boolean inStream, int reopenings) {

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if it is open for no limited time
	 */
	public SharedState {
		Assert.isTrue(remaining == null || !remaining.isNegative(),
				() -> "'remaining' must not be negative (was " + remaining + ")");
		Assert.isTrue(state != BreakerState.OPEN || remaining != null, "'remaining' must be known of an open breaker");
	}

}
