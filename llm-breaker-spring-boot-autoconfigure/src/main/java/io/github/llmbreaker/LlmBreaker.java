/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
