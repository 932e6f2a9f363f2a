// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import org.springframework.util.Assert;

/**
 * By what rule a breaker opens.
 *
 * @param strategy the rule
 * @param falseAlarmsPerDay how often a healthy model may be taken for dead; more than 0;
 * only of interest to {@link OpeningStrategy#EVIDENCE}
 * @since 0.1.0
 */
public record OpeningPolicy(OpeningStrategy strategy, double falseAlarmsPerDay) {

	/** By numbers that are set. */
	public static final OpeningPolicy THRESHOLD = new OpeningPolicy(OpeningStrategy.THRESHOLD, 0.1);

	/** By what is usual; takes a healthy model for dead once in ten days. */
	public static final OpeningPolicy EVIDENCE = new OpeningPolicy(OpeningStrategy.EVIDENCE, 0.1);

	/**
	 * Checks the number.
	 * @throws IllegalArgumentException if it is out of its bounds
	 */
	public OpeningPolicy {
		Assert.isTrue(falseAlarmsPerDay > 0 && falseAlarmsPerDay < Double.POSITIVE_INFINITY,
				() -> "'falseAlarmsPerDay' must be positive (was " + falseAlarmsPerDay + ")");
	}

}
