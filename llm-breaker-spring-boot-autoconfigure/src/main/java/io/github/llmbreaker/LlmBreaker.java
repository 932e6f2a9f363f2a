// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One circuit breaker: what it says and what can be done to it by hand.
 *
 * @since 0.1.0
 */
public interface LlmBreaker {

	/**
	 * Returns the name, such as {@code openai:gpt-4.1}, or {@code openai} for a
	 * provider's breaker.
	 * @return the name
	 */
	String name();

	/**
	 * Returns the state as of now: an open breaker whose time is over is half-open,
	 * traffic or not.
	 * @return the state
	 */
	BreakerState state();

	/**
	 * Returns how long calls will still be rejected.
	 * @return zero unless open, or forced open for a time
	 */
	Duration remainingCooldown();

	/**
	 * Rejects calls from now on.
	 * @param duration for how long, half-open after that; {@code null}: until told
	 * otherwise
	 * @throws IllegalArgumentException if the duration is zero or negative
	 */
	void forceOpen(@Nullable Duration duration);

	/**
	 * Lets calls pass again and starts with an empty window.
	 */
	void close();

	/**
	 * Lets all calls pass without counting them.
	 */
	void disable();

	/**
	 * Probes now, whatever the cooldown says.
	 */
	void halfOpen();

	/**
	 * Makes it closed with an empty window, as if new.
	 */
	void reset();

}
