// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * When the calls that a rule was told of speak for opening. Made for one policy; what has
 * happened is the rule's.
 */
interface OpeningCriterion {

	/** Until there is another one. */
	OpeningCriterion NEVER = new OpeningCriterion() {

		@Override
		public boolean isTooMany(Cohort cohort, long now) {
			return false;
		}

		@Override
		public BreakerSnapshot.Window window(long now) {
			return BreakerSnapshot.Window.EMPTY;
		}

	};

	/**
	 * Whether the failure that was just counted is one too many. Under the lock.
	 * @param cohort the calls that began with it
	 * @param now when it happened
	 * @return whether to open
	 */
	boolean isTooMany(Cohort cohort, long now);

	/**
	 * Returns the numbers it judges by.
	 * @param now the reading of the ticker
	 * @return the calls in its window
	 */
	BreakerSnapshot.Window window(long now);

}
