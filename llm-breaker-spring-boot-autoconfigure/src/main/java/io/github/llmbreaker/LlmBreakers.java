// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The circuit breakers of the application, and a way to put any code behind them.
 *
 * @since 0.1.0
 */
public interface LlmBreakers {

	/**
	 * Runs a call behind the breakers of its target.
	 * @param <T> the type of the result
	 * @param target what is called
	 * @param call the call; runs on the calling thread
	 * @return the call's result
	 * @throws LlmCallRejectedException if a breaker rejects it; the call did not run then
	 * @throws Exception what the call throws, unchanged
	 */
	<T> T call(LlmTarget target, Callable<T> call) throws Exception;

	/**
	 * Finds a breaker by its name, such as {@code openai:gpt-4.1}. Never creates one.
	 * @param name the breaker's name
	 * @return the breaker, or empty
	 */
	Optional<LlmBreaker> find(String name);

	/**
	 * Returns all breakers there are, sorted by name.
	 * @return a snapshot
	 */
	Collection<LlmBreaker> all();

}
