// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.Collection;
import java.util.function.Predicate;

import io.github.llmbreaker.BreakerState;

/**
 * How the breakers are doing all together.
 *
 * @since 0.1.0
 */
public enum HealthLevel {

	/** No breaker is open or half-open. */
	HEALTHY,

	/** Some breaker is open, forced open or half-open. */
	DEGRADED,

	/** Every model breaker is open or forced open. */
	CRITICAL;

	/**
	 * Judges the states of breakers.
	 * @param providers the states of the providers' breakers
	 * @param models the states of the models' breakers
	 * @return the level; with no breaker at all, healthy
	 */
	public static HealthLevel of(Collection<BreakerState> providers, Collection<BreakerState> models) {
		if (!models.isEmpty() && models.stream().allMatch(HealthLevel::isRejecting)) {
			return CRITICAL;
		}
		Predicate<BreakerState> ailing = HealthLevel::isAiling;
		return (providers.stream().anyMatch(ailing) || models.stream().anyMatch(ailing)) ? DEGRADED : HEALTHY;
	}

	private static boolean isRejecting(BreakerState state) {
		return state == BreakerState.OPEN || state == BreakerState.FORCED_OPEN;
	}

	private static boolean isAiling(BreakerState state) {
		return isRejecting(state) || state == BreakerState.HALF_OPEN;
	}

}
