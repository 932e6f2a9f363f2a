// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import io.github.llmbreaker.breaker.Breaker;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;

/**
 * What the endpoint adds over JMX: operations on one breaker.
 *
 * @since 0.1.0
 */
@EndpointJmxExtension(endpoint = LlmBreakersEndpoint.class)
public final class LlmBreakersJmxEndpointExtension {

	private final LlmBreakersEndpoint endpoint;

	/**
	 * Creates the extension.
	 * @param endpoint what it extends
	 */
	public LlmBreakersJmxEndpointExtension(LlmBreakersEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Describes one breaker.
	 * @param name its name
	 * @return the description, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable BreakerDescriptor breaker(@Selector String name) {
		return this.endpoint.describe(name).orElse(null);
	}

	/**
	 * Brings a breaker into a state.
	 * @param name its name
	 * @param state the state
	 * @param duration for how long, when forced open; {@code null}: until told otherwise
	 * @throws IllegalArgumentException if one of them is not understood
	 */
	@WriteOperation
	public void change(@Selector String name, String state, @Nullable String duration) {
		StateCommand.parse(state, duration).applyTo(require(name));
	}

	/**
	 * Resets a breaker.
	 * @param name its name
	 * @throws IllegalArgumentException if there is none of that name
	 */
	@DeleteOperation
	public void reset(@Selector String name) {
		require(name).reset();
	}

	private Breaker require(String name) {
		return this.endpoint.find(name)
			.orElseThrow(() -> new IllegalArgumentException("No breaker '%s'".formatted(name)));
	}

}
