// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import io.github.llmbreaker.LlmBreaker;
import org.jspecify.annotations.Nullable;

/**
 * Entry point for AssertJ assertions about breakers.
 *
 * @since 0.1.0
 */
public final class LlmBreakerAssertions {

	private LlmBreakerAssertions() {
	}

	/**
	 * Begins an assertion about a breaker.
	 * @param actual the breaker
	 * @return the assertion
	 */
	public static LlmBreakerAssert assertThat(@Nullable LlmBreaker actual) {
		return new LlmBreakerAssert(actual);
	}

}
