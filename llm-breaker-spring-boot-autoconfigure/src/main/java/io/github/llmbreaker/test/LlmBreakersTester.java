// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.time.Duration;
import java.util.Objects;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;

/**
 * Has the calls to a model rejected on demand, without a server and without a call
 * before. Becomes a bean by {@code @Import(LlmBreakersTester.class)}.
 *
 * @since 0.1.0
 */
public final class LlmBreakersTester {

	private final BreakerRegistry registry;

	/**
	 * Creates a tester.
	 * @param registry the breakers of the application
	 */
	public LlmBreakersTester(BreakerRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Returns the breaker of a model, which is made if no call has done so yet.
	 * @param target the model
	 * @return its breaker
	 * @throws IllegalArgumentException if calls to the target meet their provider's
	 * breaker only
	 */
	public LlmBreaker breaker(LlmTarget target) {
		Breaker breaker = this.registry.gate(target).modelBreaker();
		if (breaker == null) {
			throw new IllegalArgumentException("%s has no breaker of its own".formatted(target));
		}
		return breaker;
	}

	/**
	 * Has all calls to a model rejected until told otherwise.
	 * @param target the model
	 */
	public void open(LlmTarget target) {
		breaker(target).forceOpen(null);
	}

	/**
	 * Has all calls to a model rejected for a while; then its breaker probes.
	 * @param target the model
	 * @param duration how long; this is the wait that rejections name
	 */
	public void open(LlmTarget target, Duration duration) {
		breaker(target).forceOpen(Objects.requireNonNull(duration));
	}

	/**
	 * Lets calls to a model pass again.
	 * @param target the model
	 */
	public void close(LlmTarget target) {
		breaker(target).reset();
	}

}
