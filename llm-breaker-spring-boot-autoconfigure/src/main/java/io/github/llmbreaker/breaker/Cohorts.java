// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The calls of one closed period by when they began, from the newest back: the longer
 * ago, the longer the stretches. With little traffic each call is a cohort of its own. No
 * call waits for another.
 */
final class Cohorts {

	/** How long the calls of one cohort begin: short against what failures take. */
	static final long WIDTH = Duration.ofMillis(50).toNanos();

	/** A cohort is not longer than this part of the time since it ended. */
	private static final int RESOLUTION = 6;

	/** Bound on their number: hours of calls, however many. */
	private static final int ROOM = 56;

	/** How many new ones there may be before old ones are merged. */
	private static final int SLACK = 8;

	private static final AtomicReferenceFieldUpdater<Cohorts, Cohort> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(Cohorts.class, Cohort.class, "newest");

	private final AtomicBoolean merging = new AtomicBoolean();

	private volatile Cohort newest;

	private volatile int opened;

	Cohorts(long start) {
		this.newest = new Cohort(this, start, null);
	}

	/** Returns the newest one; the others are behind it. */
	Cohort newest() {
		return this.newest;
	}

	/**
	 * A call begins.
	 * @param now the reading of the ticker
	 * @return the cohort it belongs to
	 */
	Cohort begin(long now) {
		Cohort cohort = this.newest;
		if (now - cohort.first() >= WIDTH) {
			cohort = open(cohort, now);
		}
		cohort.begun();
		return cohort;
	}

	/**
	 * Returns the cohort of a call.
	 * @param call a call, maybe one that another period has let in: it is counted as if
	 * it had just begun
	 * @param now the reading of the ticker
	 * @return the cohort that has counted it
	 */
	Cohort of(OpeningRule.Call call, long now) {
		Cohort cohort = call.cohort();
		return (cohort != null && cohort.belongsTo(this)) ? cohort.current() : begin(now);
	}

	/** Returns what others should know of them. */
	List<SharedCalls.Stretch> share() {
		List<SharedCalls.Stretch> stretches = new ArrayList<>();
		for (Cohort cohort = this.newest; cohort != null; cohort = cohort.older()) {
			if (cohort.calls() > 0) {
				stretches.add(cohort.share());
			}
		}
		return stretches;
	}

	/** Returns the newest one with a failure; {@code null} without. */
	@Nullable Cohort lastFailed() {
		Cohort cohort = this.newest;
		while (cohort != null && cohort.failures() == 0) {
			cohort = cohort.older();
		}
		return cohort;
	}

	private Cohort open(Cohort newest, long now) {
		Cohort next = new Cohort(this, now, newest);
		if (!NEWEST.compareAndSet(this, newest, next)) {
			return this.newest;
		}
		newest.ends((newest.calls() > 1) ? newest.first() + WIDTH : newest.first());
		this.opened++;
		if (this.opened % SLACK == 0 && this.merging.compareAndSet(false, true)) {
			try {
				merge(newest, now);
			}
			finally {
				this.merging.set(false);
			}
		}
		return next;
	}

	private static void merge(Cohort newest, long now) {
		int room = ROOM;
		Cohort cohort = newest;
		while (cohort != null) {
			Cohort older = cohort.older();
			while (older != null && (cohort.last() - older.first()) * RESOLUTION <= now - cohort.last()) {
				cohort.merge(older);
				older = cohort.older();
			}
			room--;
			if (room == 0) {
				cohort.cut();
			}
			cohort = cohort.older();
		}
	}

}
