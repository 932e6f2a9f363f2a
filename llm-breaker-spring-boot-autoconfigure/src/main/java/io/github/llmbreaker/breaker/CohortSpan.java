// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * Calls that are judged together: those of some cohorts, from the newest back.
 */
final class CohortSpan {

	/** Failures that are fewer among the calls of one instance are its own business. */
	private static final double TELLING_PERCENTAGE = 25;

	private int calls;

	private int proofs;

	private int failures;

	private int slow;

	private int fastFailures;

	private int broken;

	private long since;

	/** Returns the calls that began within some time. */
	static CohortSpan within(Cohort newest, long nanos, long now) {
		CohortSpan span = new CohortSpan();
		Cohort cohort = newest;
		while (cohort != null && now - cohort.first() < nanos) {
			span.add(cohort);
			cohort = cohort.older();
		}
		if (cohort != null && now - cohort.last() < nanos) {
			double share = (nanos - now + cohort.last()) / (double) (cohort.last() - cohort.first());
			span.addSome(cohort, (int) Math.round(share * cohort.calls()));
		}
		return span;
	}

	/**
	 * Returns the calls that began with some or shortly before.
	 * @param newest the calls to begin with
	 * @param calls how many calls are enough ...
	 * @param nanos ... if they began over that time
	 * @param furthest how far back to look at most
	 */
	static CohortSpan back(Cohort newest, int calls, long nanos, long furthest) {
		long start = newest.last();
		CohortSpan span = new CohortSpan();
		Cohort next = newest;
		while (next != null && (next == newest || start - next.first() < furthest)
				&& (span.calls() < calls || start - next.last() < nanos)) {
			span.add(next);
			next = next.older();
		}
		return span;
	}

	/** Returns the calls that began since some time. */
	static CohortSpan since(Cohort newest, long start) {
		CohortSpan span = new CohortSpan();
		for (Cohort cohort = newest; cohort != null && cohort.last() - start >= 0; cohort = cohort.older()) {
			span.add(cohort);
		}
		return span;
	}

	/** With little traffic the last calls are judged, though they be older. */
	static CohortSpan ofLast(Cohort newest, int calls) {
		long start = newest.last();
		CohortSpan span = new CohortSpan();
		span.add(newest);
		for (Cohort next = newest.older(); next != null && span.calls() < calls
				&& start - next.first() <= CohortRule.OLDEST_JUDGED; next = next.older()) {
			span.addSome(next, calls - span.calls());
		}
		return span;
	}

	void add(Cohort cohort) {
		addSome(cohort, Integer.MAX_VALUE);
	}

	/** Adds the calls that tell most. */
	void addSome(Cohort cohort, int calls) {
		this.since = cohort.first();
		this.calls += Math.min(calls, cohort.calls());
		this.proofs += Math.min(calls, cohort.proofs());
		this.failures += Math.min(calls, cohort.failures());
		this.slow += Math.min(calls, cohort.slowCalls());
		this.fastFailures += Math.min(calls, cohort.fastFailures());
		this.broken += Math.min(calls, cohort.brokenProofs());
	}

	/** Returns how many have begun, running ones included. */
	int calls() {
		return this.calls;
	}

	/** Returns when the first of them began; nothing without any. */
	long since() {
		return this.since;
	}

	int proofs() {
		return this.proofs;
	}

	int failures() {
		return this.failures;
	}

	int slow() {
		return this.slow;
	}

	/** Returns how many have failed after they had shown life. */
	int broken() {
		return this.broken;
	}

	/**
	 * Returns those of which nothing is known: as slow as one that began with them.
	 */
	int running() {
		return Math.max(0, this.calls - this.failures - this.proofs);
	}

	/** Returns those that were slow or not; who fails fast is neither. */
	int timed() {
		return Math.max(0, this.failures - this.fastFailures + this.proofs);
	}

	/** Returns them as a reason to open, by a rule that does not weigh. */
	Decision decision() {
		return new Decision(this.since, this.failures, this.calls, this.proofs, Double.NaN, Double.NaN);
	}

	/**
	 * Whether a model that fails like this may be dead, whoever calls it.
	 * @param rate the percentage that opens; 0 if any does
	 */
	boolean isTelling(double rate) {
		double bar = (rate > 0) ? Math.min(rate / 2, TELLING_PERCENTAGE) : TELLING_PERCENTAGE;
		return percentage(failures(), calls()) >= bar;
	}

	// the two numbers are read one after the other
	static double percentage(int part, int whole) {
		return (whole > 0) ? Math.min(100, part * 100.0 / whole) : 0;
	}

}
