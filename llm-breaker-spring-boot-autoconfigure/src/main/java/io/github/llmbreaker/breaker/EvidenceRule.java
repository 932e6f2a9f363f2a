// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * A sequential test: each failure speaks for a dead model, each proof of life against it,
 * as strongly as is right for what is usual. Opens once a healthy model would not go
 * through the like more often than is allowed.
 */
final class EvidenceRule implements OpeningCriterion {

	/** What share of its calls a dead model fails. */
	private static final double DEAD = 0.95;

	/** What a failure weighs, as failures come in clumps: most of two or three alike. */
	private static final double CLUMPS = 0.75;

	/** How much more a failure weighs whose provider has named a wait. */
	private static final double HINT = 0.5;

	/** A trouble lasts at least so long at the usual traffic: a hiccup opens nothing. */
	private static final double LEAST_SECONDS = 0.25;

	private final CohortRule calls;

	private final BreakerPolicy policy;

	EvidenceRule(CohortRule calls, BreakerPolicy policy) {
		this.calls = calls;
		this.policy = policy;
	}

	@Override
	public BreakerSnapshot.Window window(long now) {
		return this.calls.slidingWindow(now);
	}

	@Override
	public boolean isTooMany(Cohort cohort, long now) {
		Evidence evidence = weigh(now);
		if (evidence.sum <= evidence.up) {
			this.calls.habits().learn();
		}
		int least = this.policy.failureThreshold();
		return evidence.sum >= evidence.bar && this.calls.inARow() >= least
				&& (evidence.running == 0 || evidence.failures >= this.calls.habits().usualCalls(LEAST_SECONDS))
				&& this.calls.opensFor(evidence.decision());
	}

	private Evidence weigh(long now) {
		Evidence evidence = new Evidence(this.calls.habits(), this.policy.opening().falseAlarmsPerDay(),
				this.calls.broken());
		double sum = 0;
		CohortSpan span = new CohortSpan();
		for (Cohort cohort = this.calls.newest(); cohort != null && sum > -evidence.bar
				&& now - cohort.last() <= CohortRule.OLDEST_JUDGED; cohort = cohort.older()) {
			span.add(cohort);
			sum += evidence.of(cohort, this.calls.habits().failedByThen(now - cohort.last()));
			if (sum > evidence.sum) {
				evidence.take(sum, span);
			}
		}
		return evidence;
	}

	/**
	 * The strongest case that can be made for a dead model: the calls since some time.
	 */
	private static final class Evidence {

		private final double usual;

		private final double up;

		private final double down;

		private final double bar;

		private double sum;

		private int failures;

		private int running;

		private int calls;

		private int proofs;

		private long since;

		Evidence(Habits habits, double falseAlarmsPerDay, double broken) {
			this.usual = habits.share();
			this.up = CLUMPS * Math.log(DEAD / this.usual);
			// an answer that begins is no proof once a dead model begins as many
			this.down = Math.max(0, Math.log((1 - this.usual) / Math.max(1 - DEAD, broken)));
			this.bar = Math.max(1, Math.log(habits.callsOfDay() / falseAlarmsPerDay));
		}

		void take(double sum, CohortSpan span) {
			this.sum = sum;
			this.failures = span.failures();
			this.running = span.running();
			this.calls = span.calls();
			this.proofs = span.proofs();
			this.since = span.since();
		}

		Decision decision() {
			return new Decision(this.since, this.failures, this.calls, this.proofs, this.sum, this.bar);
		}

		double of(Cohort cohort, double failedByThen) {
			double spared = Math.log((1 - this.usual * failedByThen) / (1 - DEAD * failedByThen));
			return this.up * (cohort.failures() + HINT * cohort.hints()) - this.down * cohort.proofs()
					- spared * cohort.running();
		}

	}

}
