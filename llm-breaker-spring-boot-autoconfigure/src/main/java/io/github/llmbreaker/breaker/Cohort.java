// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Calls that began in the same stretch of time: how many there are, and what has become
 * of them. A call counts in the cohort it began in, whenever it ends.
 * <p>
 * Cohorts of the past are merged without a lock. A count that comes to one that has just
 * been merged is carried over by whoever brings it, so none is lost.
 */
final class Cohort {

	private static final AtomicIntegerFieldUpdater<Cohort> BEGUN = counter("begun");

	private static final AtomicIntegerFieldUpdater<Cohort> ALIVE = counter("alive");

	private static final AtomicIntegerFieldUpdater<Cohort> FAILED = counter("failed");

	private static final AtomicIntegerFieldUpdater<Cohort> HINTED = counter("hinted");

	private static final AtomicIntegerFieldUpdater<Cohort> BROKEN = counter("broken");

	private static final AtomicIntegerFieldUpdater<Cohort> NEUTRAL = counter("neutral");

	private static final AtomicIntegerFieldUpdater<Cohort> SLOW = counter("slow");

	private static final AtomicIntegerFieldUpdater<Cohort> SLOW_FAILED = counter("slowFailed");

	private final Cohorts owner;

	/** Whether its calls were made by other instances. */
	private final boolean others;

	/** About how many calls of the period began before. */
	private final long before;

	private volatile long first;

	private volatile long last;

	/** When one of its calls gave the last proof of life; nothing if none did. */
	private volatile long aliveAt;

	private volatile int begun;

	private volatile int alive;

	private volatile int failed;

	private volatile int hinted;

	private volatile int broken;

	private volatile int neutral;

	private volatile int slow;

	private volatile int slowFailed;

	/** The cohort that began before it. */
	private volatile @Nullable Cohort older;

	/** The cohort that it is part of by now. */
	private volatile @Nullable Cohort mergedInto;

	Cohort(Cohorts owner, long first, @Nullable Cohort older) {
		this(owner, first, older, false);
	}

	private Cohort(Cohorts owner, long first, @Nullable Cohort older, boolean others) {
		this.owner = owner;
		this.others = others;
		this.first = first;
		this.last = first;
		this.older = older;
		this.before = (older != null) ? older.total() : 0;
	}

	/** Returns calls of other instances, as if they were of this one. */
	Cohort others(SharedCalls.Stretch stretch, @Nullable Cohort older) {
		return of(stretch, older, true);
	}

	private Cohort of(SharedCalls.Stretch stretch, @Nullable Cohort older, boolean others) {
		Cohort cohort = new Cohort(this.owner, stretch.first(), older, others);
		cohort.last = stretch.last();
		cohort.begun = stretch.calls();
		cohort.alive = stretch.proofs();
		cohort.failed = stretch.failures();
		cohort.hinted = stretch.hints();
		return cohort;
	}

	/** Returns what it is now, with other calls behind it. */
	Cohort copy(@Nullable Cohort older) {
		Cohort cohort = of(share(), older, false);
		cohort.aliveAt = this.aliveAt;
		cohort.broken = this.broken;
		cohort.slow = this.slow;
		cohort.slowFailed = this.slowFailed;
		return cohort;
	}

	/** Returns what others should know of it. */
	SharedCalls.Stretch share() {
		return new SharedCalls.Stretch(this.first, Math.max(this.first, this.last), calls(), proofs(), this.failed,
				this.hinted);
	}

	/** Returns the cohort whose counts are its own by now. */
	Cohort current() {
		Cohort cohort = this;
		while (true) {
			Cohort next = cohort.mergedInto;
			if (next == null) {
				return cohort;
			}
			if (next.mergedInto != null) {
				cohort.mergedInto = next.mergedInto;
			}
			cohort = next;
		}
	}

	void begun() {
		add(BEGUN, 1);
	}

	void alive(long now) {
		this.aliveAt = now;
		add(ALIVE, 1);
	}

	/**
	 * A call has failed.
	 * @param wasAlive whether it has counted as a proof of life: that is taken back
	 * @param named whether the provider has named a wait
	 */
	void failed(boolean wasAlive, boolean named) {
		add(FAILED, 1);
		if (wasAlive) {
			add(ALIVE, -1);
			add(BROKEN, 1);
		}
		if (named) {
			add(HINTED, 1);
		}
	}

	void neutral() {
		add(NEUTRAL, 1);
	}

	/**
	 * A call has been slow.
	 * @param failed whether it has failed as well
	 */
	void slow(boolean failed) {
		add(SLOW, 1);
		if (failed) {
			add(SLOW_FAILED, 1);
		}
	}

	boolean belongsTo(Cohorts cohorts) {
		return this.owner == cohorts;
	}

	/** Returns when the first of its calls began. */
	long first() {
		return this.first;
	}

	/** Returns when about the last of its calls began. */
	long last() {
		return this.last;
	}

	/** Returns when its calls began on average. */
	long middle() {
		return this.first + (this.last - this.first) / 2;
	}

	@Nullable Cohort older() {
		return this.older;
	}

	/** Returns the calls that say something, or will. */
	int calls() {
		return Math.max(0, this.begun - this.neutral);
	}

	int proofs() {
		return Math.max(0, this.alive);
	}

	/** Whether a call of its is alive: it says so, or goes on for too long to be dead. */
	boolean isAlive(double lifeNanos, long now) {
		return this.alive > 0 || (running() > 0 && now - this.last >= lifeNanos);
	}

	boolean isOthers() {
		return this.others;
	}

	boolean hasLifeSince(long time) {
		return this.alive > 0 && this.aliveAt - time > 0;
	}

	int failures() {
		return this.failed;
	}

	/** Returns the failures of calls that had counted as proofs of life. */
	int brokenProofs() {
		return this.broken;
	}

	int hints() {
		return this.hinted;
	}

	int slowCalls() {
		return this.slow;
	}

	/** Returns the calls that failed before they could be slow. */
	int fastFailures() {
		return Math.max(0, this.failed - this.slowFailed);
	}

	/** Returns the calls of which nothing is known yet. */
	int running() {
		return Math.max(0, calls() - this.alive - this.failed);
	}

	/** Returns about how many calls of the period have begun up to its last. */
	long total() {
		return this.before + this.begun;
	}

	/** Says when about its last call began. */
	void ends(long last) {
		this.last = last;
	}

	/** Forgets what was before. */
	void cut() {
		this.older = null;
	}

	/** Takes the cohort before in. To be called by one thread at a time. */
	void merge(Cohort older) {
		this.first = older.first;
		if (older.alive > 0 && (this.alive <= 0 || older.aliveAt - this.aliveAt > 0)) {
			this.aliveAt = older.aliveAt;
		}
		this.older = older.older;
		older.mergedInto = this;
		older.carryOver(this);
	}

	private void add(AtomicIntegerFieldUpdater<Cohort> counter, int number) {
		counter.addAndGet(this, number);
		if (this.mergedInto != null) {
			carryOver(current());
		}
	}

	private void carryOver(Cohort to) {
		move(BEGUN, to);
		move(ALIVE, to);
		move(FAILED, to);
		move(HINTED, to);
		move(BROKEN, to);
		move(NEUTRAL, to);
		move(SLOW, to);
		move(SLOW_FAILED, to);
	}

	private void move(AtomicIntegerFieldUpdater<Cohort> counter, Cohort to) {
		int number = counter.getAndSet(this, 0);
		if (number != 0) {
			to.add(counter, number);
		}
	}

	private static AtomicIntegerFieldUpdater<Cohort> counter(String name) {
		return AtomicIntegerFieldUpdater.newUpdater(Cohort.class, name);
	}

}
