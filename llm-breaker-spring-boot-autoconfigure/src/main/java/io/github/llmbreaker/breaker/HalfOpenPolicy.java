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
 * @param adaptive whether a probe that goes on for longer than the failures of this
 * outage took makes room for another one, up to twice as many, and counts as well as one
 * that has succeeded, once one has; only of interest to {@link OpeningStrategy#EVIDENCE}
 * with {@link CooldownStrategy#ADAPTIVE}
 * @since 0.1.0
 */
public record HalfOpenPolicy(int calls, Duration timeout, boolean adaptive) {

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of its bounds
	 */
	public HalfOpenPolicy {
		Assert.isTrue(calls >= 1, () -> "'halfOpenCalls' must be at least 1 (was " + calls + ")");
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(),
				() -> "'halfOpenTimeout' must be positive (was " + timeout + ")");
	}

	/**
	 * Creates a policy by which all probes must succeed.
	 * @param calls probes admitted in total
	 * @param timeout after which a probe that has not ended loses its vote and its place
	 */
	public HalfOpenPolicy(int calls, Duration timeout) {
		this(calls, timeout, false);
	}

}
