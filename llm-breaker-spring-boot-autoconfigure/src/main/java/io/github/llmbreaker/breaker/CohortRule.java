// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Judges calls by when they began: failures end fast and answers slowly, so among the
 * calls that have ended of late there may be failures only, however well the model is.
 * Calls that took too long are judged among those that began with them.
 */
final class CohortRule implements OpeningRule {

	/** How old a call may be that is still judged. */
	static final long OLDEST_JUDGED = Nanos.of(Duration.ofHours(1));

	/** Calls that are judged for being slow began at least over so much time. */
	private static final long TELLING_NANOS = Nanos.of(Duration.ofSeconds(2));

	/** Calls that are judged together are at least so many, if there are. */
	private static final int TELLING_CALLS = 20;

	/** An answer that has begun proves nothing once so many of them fail after all. */
	private static final double MOSTLY = 0.5;

	private static final AtomicReferenceFieldUpdater<CohortRule, @Nullable FailureRow> ROW = AtomicReferenceFieldUpdater
		.newUpdater(CohortRule.class, FailureRow.class, "row");

	private volatile BreakerPolicy policy;

	private volatile OpeningCriterion criterion;

	private final Habits habits;

	private final Cohorts cohorts;

	/** Under the lock. */
	private RecentFailures recent;

	private final SlowCalls slow;

	private final OtherCalls others = new OtherCalls();

	/** All calls of the fleet, while a failure is judged by them. */
	private volatile OtherCalls.@Nullable Joint joint;

	private volatile @Nullable FailureRow row;

	/** Of the calls that began with the last failed one. */
	private volatile double broken;

	private long failures;

	private long lastFailure;

	/** The last case for opening. */
	private volatile @Nullable Decision decision;

	/** Slow calls were too many: what is usual is not learned from those that follow. */
	private volatile boolean tooSlow;

	/** The breaker is about to open: what fails now is as late as what fails then. */
	private boolean decided;

	CohortRule(BreakerPolicy policy, Habits habits, SlowCalls slow, long start) {
		this.policy = policy;
		this.criterion = OpeningCriterion.NEVER;
		this.habits = habits;
		this.cohorts = new Cohorts(start);
		this.recent = new RecentFailures(policy.failureThreshold(), Nanos.of(policy.window()), start);
		this.slow = slow;
	}

	/**
	 * Judges by another policy from now on. What has happened stays.
	 * @param changed the policy
	 * @param by what it opens by
	 * @param now the reading of the ticker
	 */
	void judgeBy(BreakerPolicy changed, OpeningCriterion by, long now) {
		this.habits.lock().lock();
		try {
			this.policy = changed;
			this.criterion = by;
			this.recent = this.recent.of(changed.failureThreshold(), Nanos.of(changed.window()), now);
		}
		finally {
			this.habits.lock().unlock();
		}
	}

	@Override
	public Cohort began(long now) {
		return this.cohorts.begin(now);
	}

	@Override
	public boolean alive(Call call, long now) {
		live(call, now);
		long nanos = now - call.start();
		boolean slow = this.slow.isSlowContent(nanos);
		if (!this.tooSlow) {
			this.slow.learnContent(nanos);
		}
		return slow && areTooManySlow(call, now);
	}

	@Override
	public boolean succeeded(Call call, long now) {
		long nanos = now - call.start();
		if (call.isAlive()) {
			if (this.broken >= MOSTLY) {
				endRow(call);
			}
			return this.slow.isSlowStream(nanos) && areTooManySlow(call, now);
		}
		live(call, now);
		boolean slow = this.slow.isSlowAnswer(nanos);
		if (!this.tooSlow) {
			this.slow.learnAnswer(nanos);
		}
		return slow && areTooManySlow(call, now);
	}

	private void live(Call call, long now) {
		Cohort cohort = call.cohort();
		if (cohort != null) {
			cohort.alive(now);
		}
		if (this.broken < MOSTLY) {
			endRow(call);
		}
	}

	@Override
	public Verdict failed(Call call, CallOutcome outcome, long now) {
		this.habits.lock().lock();
		try {
			if (this.decided) {
				return Verdict.TOO_LATE;
			}
			Cohort cohort = count(call, outcome, now);
			this.decided = isTooManyOfAll(cohort, now)
					|| (this.slow.isSlowAnswer(now - call.start()) && areTooManySlow(cohort));
			if (this.decided) {
				this.habits.learn();
			}
			return this.decided ? Verdict.OPEN : Verdict.COUNTED;
		}
		finally {
			this.habits.lock().unlock();
		}
	}

	@Override
	public SharedCalls share(long period) {
		Cohort failed = this.cohorts.lastFailed();
		return new SharedCalls(period, failed != null && isTelling(failed), this.cohorts.share());
	}

	@Override
	public boolean heard(SharedCalls others, long now) {
		this.habits.lock().lock();
		try {
			this.others.replaceBy(others);
			if (this.decided || this.failures == 0) {
				return false;
			}
			this.decided = isTooManyOfAll(null, now);
			return this.decided;
		}
		finally {
			this.habits.lock().unlock();
		}
	}

	@Override
	public void neutral(Call call, long now) {
		Cohort cohort = call.cohort();
		if (cohort != null && !call.isAlive()) {
			cohort.neutral();
		}
	}

	@Override
	public boolean hasLifeSince(long time) {
		Cohort cohort = this.cohorts.newest();
		while (cohort != null && !cohort.hasLifeSince(time)) {
			cohort = cohort.older();
		}
		return cohort != null;
	}

	@Override
	public int failures() {
		this.habits.lock().lock();
		try {
			long others = this.others.failuresWithin(OLDEST_JUDGED, this.lastFailure);
			return (int) Math.min(Integer.MAX_VALUE, this.failures + others);
		}
		finally {
			this.habits.lock().unlock();
		}
	}

	@Override
	public @Nullable Decision decision() {
		return this.decision;
	}

	@Override
	public @Nullable FailureRow row() {
		return this.row;
	}

	@Override
	public boolean doStreamsBreak() {
		return this.broken >= MOSTLY;
	}

	@Override
	public boolean holdsFailures(long now) {
		this.habits.lock().lock();
		try {
			long age = now - this.lastFailure;
			return this.failures > 0
					&& (age < Nanos.of(this.policy.window()) || (inARow() > 0 && age <= OLDEST_JUDGED));
		}
		finally {
			this.habits.lock().unlock();
		}
	}

	@Override
	public BreakerSnapshot.Window window(long now) {
		return this.criterion.window(now);
	}

	/** Returns the calls of the policy's window. */
	BreakerSnapshot.Window slidingWindow(long now) {
		int failures = failuresInWindow(now);
		CohortSpan span = CohortSpan.within(newest(), Nanos.of(this.policy.window()), now);
		int calls = failures + span.proofs();
		return new BreakerSnapshot.Window(calls, failures, CohortSpan.percentage(failures, calls),
				CohortSpan.percentage(span.slow(), span.timed()));
	}

	/** With what the other instances have told, as if all were this one. */
	private boolean isTooManyOfAll(@Nullable Cohort failed, long now) {
		this.habits.heard(this.others, now);
		if (this.others.isEmpty() && failed != null) {
			return this.criterion.isTooMany(failed, now);
		}
		OtherCalls.Joint all = this.others.with(this.cohorts.newest(), failed, this.habits.lifeNanos(), now);
		this.joint = all;
		try {
			return this.criterion.isTooMany(all.failed(), now);
		}
		finally {
			this.joint = null;
		}
	}

	/** Whether one model that fails like this may be dead, whoever calls it. */
	private boolean isTelling(Cohort failed) {
		FailureRow row = this.row;
		return back(failed, TELLING_CALLS, TELLING_NANOS).isTelling(this.policy.failureRateThreshold())
				|| (row != null && row.length() > 1
						&& row.length() >= MOSTLY * CohortSpan.since(this.cohorts.newest(), row.start()).calls());
	}

	/** Returns the newest calls: of all instances that have told of theirs. */
	Cohort newest() {
		OtherCalls.Joint joint = this.joint;
		return (joint != null) ? joint.newest() : this.cohorts.newest();
	}

	/**
	 * Returns the calls that began with some or shortly before: enough to be telling.
	 * @param cohort the calls to begin with
	 * @param calls how many calls are enough ...
	 * @param nanos ... if they began over that time
	 */
	CohortSpan back(Cohort cohort, int calls, long nanos) {
		return CohortSpan.back(cohort, calls, nanos,
				this.policy.window().isZero() ? OLDEST_JUDGED : Nanos.of(this.policy.window()));
	}

	/** Returns how many calls are telling for a percentage. */
	int telling(double percentage) {
		double needed = Math.ceil(this.policy.failureThreshold() * 100.0 / percentage);
		return (int) Math.min(Integer.MAX_VALUE, Math.max(TELLING_CALLS, needed));
	}

	int failuresInWindow(long now) {
		this.habits.lock().lock();
		try {
			return this.recent.number(now) + this.others.failuresWithin(Nanos.of(this.policy.window()), now);
		}
		finally {
			this.habits.lock().unlock();
		}
	}

	Habits habits() {
		return this.habits;
	}

	/** Whether as many failures as the threshold happened within some time. */
	boolean areFailuresWithin(long nanos, long now) {
		return this.recent.areWithin(nanos, now) || (!this.others.isEmpty() && this.recent.within(nanos, now)
				+ this.others.failuresWithin(nanos, now) >= this.policy.failureThreshold());
	}

	/** Returns the share of the calls that showed life and failed after all, of late. */
	double broken() {
		return this.broken;
	}

	/** Returns the failures without a proof of life from a call that began with them. */
	int inARow() {
		FailureRow row = this.row;
		OtherCalls.Joint joint = this.joint;
		int own = (row != null) ? row.length() : 0;
		return (joint != null) ? Math.min(own, joint.ownInARow()) + joint.othersInARow() : own;
	}

	/** Returns when the first of the failures in a row began. */
	long rowStart(long otherwise) {
		FailureRow row = this.row;
		OtherCalls.Joint joint = this.joint;
		long own = (row != null) ? row.start() : otherwise;
		return (joint != null) ? joint.rowStart() : own;
	}

	/** A proof of life has been found that nobody has told of: the row begins anew. */
	void restartRow(long start) {
		this.row = FailureRow.of(start, 0);
	}

	/** Keeps what it opens for. */
	boolean opensFor(Decision decision) {
		this.decision = decision;
		return true;
	}

	private Cohort count(Call call, CallOutcome outcome, long now) {
		long nanos = now - call.start();
		Cohort cohort = this.cohorts.of(call, now);
		cohort.failed(call.isAlive() && call.cohort() != null && call.cohort().belongsTo(this.cohorts),
				outcome.retryAfter() != null);
		if (this.slow.isSlowAnswer(nanos)) {
			cohort.slow(true);
		}
		CohortSpan like = back(cohort, TELLING_CALLS, TELLING_NANOS);
		this.broken = CohortSpan.percentage(like.broken(), like.broken() + like.proofs()) / 100;
		this.failures++;
		this.lastFailure = now;
		this.recent.add(now);
		this.habits.failed(nanos, this.cohorts.newest().total(), now);
		FailureRow row;
		do {
			row = this.row;
		}
		while (!ROW.compareAndSet(this, row, FailureRow.after(row, call, nanos)));
		return cohort;
	}

	private void endRow(Call call) {
		FailureRow row = this.row;
		if (row != null && call.start() - row.start() >= 0) {
			// whoever is faster: another proof, or a failure that comes just after
			ROW.compareAndSet(this, row, row.endedBy(call));
		}
	}

	private boolean areTooManySlow(Call call, long now) {
		Cohort cohort = this.cohorts.of(call, now);
		cohort.slow(false);
		return areTooManySlow(cohort);
	}

	private boolean areTooManySlow(Cohort cohort) {
		int threshold = this.policy.failureThreshold();
		CohortSpan span = back(cohort, telling(this.policy.slowCallRateThreshold()), TELLING_NANOS);
		if (this.policy.window().isZero() || span.timed() < threshold) {
			span = CohortSpan.ofLast(cohort, threshold);
		}
		boolean tooMany = span.timed() >= threshold && CohortSpan.percentage(span.slow() + span.running(),
				span.timed() + span.running()) >= this.policy.slowCallRateThreshold();
		this.tooSlow |= tooMany;
		return tooMany && opensFor(span.decision());
	}

}
