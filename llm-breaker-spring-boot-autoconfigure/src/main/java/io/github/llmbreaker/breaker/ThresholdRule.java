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
final class ThresholdRule extends CohortRule {

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

	private final boolean consecutive;

	ThresholdRule(BreakerPolicy policy, Habits habits, SlowCalls slow, long start) {
		super(policy, habits, slow, start);
		this.consecutive = policy.window().isZero();
	}

	@Override
	public BreakerSnapshot.Window window(long now) {
		if (!this.consecutive) {
			return super.window(now);
		}
		int inARow = inARow();
		CohortSpan span = CohortSpan.ofLast(newest(), policy().failureThreshold());
		return new BreakerSnapshot.Window(inARow, inARow, (inARow > 0) ? 100 : 0,
				percentage(span.slow(), span.timed()));
	}

	@Override
	boolean isTooMany(Cohort cohort, long now) {
		boolean tooMany = this.consecutive ? isRowTooLong(now)
				: (areFailuresWithin(Nanos.of(policy().window()), now) && isRateReached(cohort, now))
						|| isRareRowTooLong(now);
		if (inARow() <= 1) {
			habits().learn();
		}
		return tooMany;
	}

	private boolean isRateReached(Cohort cohort, long now) {
		double rate = policy().failureRateThreshold();
		if (rate == 0) {
			return isRowTooLong(now) || isReached(WITHOUT_RATE, cohort);
		}
		return isReached(rate, cohort);
	}

	private boolean isReached(double rate, Cohort cohort) {
		int telling = telling(rate);
		CohortSpan span = back(cohort, telling, SHORT_NANOS);
		if (percentage(span.failures(), span.calls()) < (rate + 100) / 2) {
			span = back(cohort, telling, LONG_NANOS);
		}
		while (percentage(span.failures(), span.calls()) >= rate && !isUnusual(span.failures(), span.calls(), rate)
				&& span.calls() >= telling) {
			telling = 2 * span.calls();
			span = back(cohort, telling, LONG_NANOS);
		}
		if (percentage(span.failures(), span.calls()) < rate || !isUnusual(span.failures(), span.calls(), rate)) {
			return false;
		}
		// a trouble of the past, of which slow calls tell only now
		int failures = span.failures();
		int known = span.calls();
		for (Cohort later = newest(); later != null && later != cohort; later = later.older()) {
			failures += later.failures();
			known += later.failures() + later.proofs();
		}
		return percentage(failures, known) >= rate && opensFor(span.decision());
	}

	/**
	 * Whether a model that fails as often as it usually does, or half as often as it may,
	 * would hardly ever do so badly.
	 */
	private boolean isUnusual(int failures, int calls, double rate) {
		if (this.consecutive || policy().failureThreshold() < CHANCE) {
			return true;
		}
		double share = failures / (double) calls;
		double usual = Math.min(habits().share(), rate / 200);
		double surprise = share * Math.log(share / usual)
				+ ((share < 1) ? (1 - share) * Math.log((1 - share) / (1 - usual)) : 0);
		return CLUMPS * calls * surprise >= habits().bar(FALSE_ALARMS);
	}

	private boolean isRareRowTooLong(long now) {
		return inARow() >= policy().failureThreshold() && areFailuresWithin(OLDEST_JUDGED + 1, now)
				&& super.window(now).calls() < policy().failureThreshold() && isRowTooLong(now);
	}

	private boolean isRowTooLong(long now) {
		int inARow = inARow();
		return inARow >= policy().failureThreshold() && isUnusual(inARow, inARow, 100) && isUnbroken(inARow, now);
	}

	/**
	 * Whether the calls that began with the failures don't speak against it: one that
	 * goes on for longer than failures usually take ends the row, and younger ones are
	 * likely to as well if they are many.
	 */
	private boolean isUnbroken(int inARow, long now) {
		long start = rowStart(now);
		double likely = 0;
		int young = 0;
		for (Cohort cohort = newest(); cohort != null && cohort.first() - start >= 0; cohort = cohort.older()) {
			long age = now - cohort.last();
			int running = cohort.running();
			if (running > 0 && age >= habits().lifeNanos()) {
				restartRow(cohort.last());
				return false;
			}
			young += running;
			likely += running * habits().failedByThen(age);
		}
		boolean unbroken = young == 0 || inARow >= Math.max(likely, habits().usualCalls(ROW_SECONDS));
		return unbroken && opensFor(Decision.ofRow(start, inARow));
	}

}
