// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Shares the state of breakers with other instances of the application. What this
 * instance finds out goes out here; what others have found out comes in through
 * {@link SharedBreaker#adopt}, and is not told again to whom it came from.
 * <p>
 * For use inside the library: implementations answer at once, from what they know, and do
 * slow work on threads of their own. What they throw is logged once, and each instance
 * goes on alone.
 *
 * @since 0.1.0
 */
public interface BreakerSync {

	/** Shares nothing. */
	BreakerSync LOCAL = new BreakerSync() {
	};

	/**
	 * A breaker exists from now on, with the state that it shares: what others know of it
	 * can be adopted before its first call. Told without any lock held.
	 */
	default void created(SharedBreaker breaker) {
	}

	/** A breaker was evicted, and takes no more part. */
	default void evicted(BreakerView breaker) {
	}

	/**
	 * A breaker of this instance has changed: its state, how long it will stay open, or,
	 * by a reset, what it has counted. Told in order for each breaker, without any lock
	 * held.
	 * @param breaker the breaker
	 * @param state what the others should adopt
	 */
	default void changed(BreakerView breaker, SharedState state) {
	}

	/**
	 * A failure was counted that has not opened the breaker: with those of others it may
	 * be one too many. Told on the thread of the call.
	 */
	default void failed(BreakerView breaker) {
	}

	/**
	 * The cooldown of a breaker is over and a call wants to probe. Asked for each such
	 * call, on its thread.
	 * @param breaker the breaker
	 * @return zero if it may; otherwise others are probing, and the breaker stays open
	 * for so long before it asks again
	 */
	default Duration probeDelay(BreakerView breaker) {
		return Duration.ZERO;
	}

	/**
	 * Returns who takes part as of now, for who looks at it; {@code null} if nothing is
	 * shared.
	 */
	default @Nullable FleetStatus fleet() {
		return null;
	}

}
