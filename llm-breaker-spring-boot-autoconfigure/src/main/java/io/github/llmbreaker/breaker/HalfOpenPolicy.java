// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How a breaker probes.
 *
 * @param calls probes admitted in total, all of which must succeed to close; at least 1
 * @param timeout after which a probe that has not ended loses its vote and its place
 * @since 0.1.0
 */
public record HalfOpenPolicy(int calls, Duration timeout) {

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of its bounds
	 */
	public HalfOpenPolicy {
		Assert.isTrue(calls >= 1, () -> "'halfOpenCalls' must be at least 1 (was " + calls + ")");
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(),
				() -> "'halfOpenTimeout' must be positive (was " + timeout + ")");
	}

}
