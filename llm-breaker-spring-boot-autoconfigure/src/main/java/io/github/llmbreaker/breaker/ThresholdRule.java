// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

/**
 * So many failures within the window open if they are also at least so many percent of
 * the calls that began with them, running ones included; without a window, so many
 * failures in a row. With too little traffic to fill the window the last calls are
 * judged. Where a window is judged, failures that chance brings about every other day do
 * not open once it is known what is usual.
 */
final class ThresholdRule implements OpeningCriterion {

	/** What is asked for where no percentage is set: more than chance brings about. */
	private static final double WITHOUT_RATE = 50;

	/** Calls that are judged together began at least over so much time ... */
	private static final long LONG_NANOS = Nanos.of(Duration.ofSeconds(2));

	/** ... or so much, if the failures are midway between the percentage and all. */
	private static final long SHORT_NANOS = Nanos.of(Duration.ofMillis(500));

	/** A row lasts at least so long at the usual traffic, so that chance makes none. */
	private static final double ROW_SECONDS = 0.4;

	/** How often chance may open a day, where the window is not about a call or two. */
	private static final double FALSE_ALARMS = 0.05;

	/** Whoever wants to open at fewer failures means chance as well. */
	private static final int CHANCE = 3;

	/** What a failure weighs, as failures come in clumps. */
	private static final double CLUMPS = 0.75;

	private final CohortRule calls;

	private final BreakerPolicy policy;

	private final boolean consecutive;

	ThresholdRule(CohortRule calls, BreakerPolicy policy) {
		this.calls = calls;
		this.policy = policy;
		this.consecutive = policy.window().isZero();
	}

	@Override
	public BreakerSnapshot.Window window(long now) {
		if (!this.consecutive) {
			return this.calls.slidingWindow(now);
		}
		int inARow = this.calls.inARow();
		CohortSpan span = CohortSpan.ofLast(this.calls.newest(), this.policy.failureThreshold());
		return new BreakerSnapshot.Window(inARow, inARow, (inARow > 0) ? 100 : 0,
				CohortSpan.percentage(span.slow(), span.timed()));
	}

	@Override
	public boolean isTooMany(Cohort cohort, long now) {
		boolean tooMany = this.consecutive ? isRowTooLong(now)
				: (this.calls.areFailuresWithin(Nanos.of(this.policy.window()), now) && isRateReached(cohort, now))
						|| isRareRowTooLong(now);
		if (this.calls.inARow() <= 1) {
			this.calls.habits().learn();
		}
		return tooMany;
	}

	private boolean isRateReached(Cohort cohort, long now) {
		double rate = this.policy.failureRateThreshold();
		if (rate == 0) {
			return isRowTooLong(now) || isReached(WITHOUT_RATE, cohort);
		}
		return isReached(rate, cohort);
	}

	private boolean isReached(double rate, Cohort cohort) {
		int telling = this.calls.telling(rate);
		CohortSpan span = this.calls.back(cohort, telling, SHORT_NANOS);
		if (CohortSpan.percentage(span.failures(), span.calls()) < (rate + 100) / 2) {
			span = this.calls.back(cohort, telling, LONG_NANOS);
		}
		while (CohortSpan.percentage(span.failures(), span.calls()) >= rate
				&& !isUnusual(span.failures(), span.calls(), rate) && span.calls() >= telling) {
			telling = 2 * span.calls();
			span = this.calls.back(cohort, telling, LONG_NANOS);
		}
		if (CohortSpan.percentage(span.failures(), span.calls()) < rate
				|| !isUnusual(span.failures(), span.calls(), rate)) {
			return false;
		}
		// a trouble of the past, of which slow calls tell only now
		int failures = span.failures();
		int known = span.calls();
		for (Cohort later = this.calls.newest(); later != null && later != cohort; later = later.older()) {
			failures += later.failures();
			known += later.failures() + later.proofs();
		}
		return CohortSpan.percentage(failures, known) >= rate && this.calls.opensFor(span.decision());
	}

	/**
	 * Whether a model that fails as often as it usually does, or half as often as it may,
	 * would hardly ever do so badly.
	 */
	private boolean isUnusual(int failures, int calls, double rate) {
		if (this.consecutive || this.policy.failureThreshold() < CHANCE) {
			return true;
		}
		double share = failures / (double) calls;
		double usual = Math.min(this.calls.habits().share(), rate / 200);
		double surprise = share * Math.log(share / usual)
				+ ((share < 1) ? (1 - share) * Math.log((1 - share) / (1 - usual)) : 0);
		return CLUMPS * calls * surprise >= this.calls.habits().bar(FALSE_ALARMS);
	}

	private boolean isRareRowTooLong(long now) {
		return this.calls.inARow() >= this.policy.failureThreshold()
				&& this.calls.areFailuresWithin(CohortRule.OLDEST_JUDGED + 1, now)
				&& this.calls.slidingWindow(now).calls() < this.policy.failureThreshold() && isRowTooLong(now);
	}

	private boolean isRowTooLong(long now) {
		int inARow = this.calls.inARow();
		return inARow >= this.policy.failureThreshold() && isUnusual(inARow, inARow, 100) && isUnbroken(inARow, now);
	}

	/**
	 * Whether the calls that began with the failures don't speak against it: one that
	 * goes on for longer than failures usually take ends the row, and younger ones are
	 * likely to as well if they are many.
	 */
	private boolean isUnbroken(int inARow, long now) {
		long start = this.calls.rowStart(now);
		double likely = 0;
		int young = 0;
		for (Cohort cohort = this.calls.newest(); cohort != null
				&& cohort.first() - start >= 0; cohort = cohort.older()) {
			long age = now - cohort.last();
			int running = cohort.running();
			if (running > 0 && age >= this.calls.habits().lifeNanos()) {
				this.calls.restartRow(cohort.last());
				return false;
			}
			young += running;
			likely += running * this.calls.habits().failedByThen(age);
		}
		boolean unbroken = young == 0 || inARow >= Math.max(likely, this.calls.habits().usualCalls(ROW_SECONDS));
		return unbroken && this.calls.opensFor(Decision.ofRow(start, inARow));
	}

}
