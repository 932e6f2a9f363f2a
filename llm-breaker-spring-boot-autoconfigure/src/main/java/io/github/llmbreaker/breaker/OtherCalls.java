// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The calls of the other instances of the application, as far as they have told. What
 * this instance has seen itself is not among them.
 */
final class OtherCalls {

	private static final double DAY = Duration.ofDays(1).toNanos();

	/** Oldest first. */
	private volatile List<SharedCalls.Stretch> stretches = List.of();

	boolean isEmpty() {
		return this.stretches.isEmpty();
	}

	void replaceBy(SharedCalls others) {
		this.stretches = others.stretches()
			.stream()
			.sorted(Comparator.comparingLong(SharedCalls.Stretch::first))
			.toList();
	}

	/** Returns the failures of calls that began within some time. */
	int failuresWithin(long nanos, long now) {
		int failures = 0;
		for (SharedCalls.Stretch stretch : this.stretches) {
			failures += (now - stretch.last() < nanos) ? stretch.failures() : 0;
		}
		return failures;
	}

	/** Returns the calls of a day, the older, the less. */
	double callsOfDay(long now) {
		return calls(DAY, now);
	}

	/** Returns the calls of late, the older, the less. */
	double calls(double nanos, long now) {
		double calls = 0;
		for (SharedCalls.Stretch stretch : this.stretches) {
			calls += stretch.calls() * Math.exp(-Math.max(0, now - stretch.last()) / nanos);
		}
		return calls;
	}

	/**
	 * Returns them together with those of this instance, as of now.
	 * @param newest the newest calls of this instance
	 * @param failed those that a failure belongs to; {@code null} for the last that
	 * failed
	 * @param lifeNanos how long a call goes on that is alive
	 * @param now the reading of the ticker
	 */
	Joint with(Cohort newest, @Nullable Cohort failed, double lifeNanos, long now) {
		List<Cohort> own = new ArrayList<>();
		for (Cohort cohort = newest; cohort != null; cohort = cohort.older()) {
			own.add(0, cohort);
		}
		JointBuilder joint = new JointBuilder(newest, failed);
		List<SharedCalls.Stretch> others = this.stretches;
		int next = 0;
		for (Cohort cohort : own) {
			while (next < others.size() && others.get(next).first() - cohort.first() < 0) {
				joint.add(others.get(next++));
			}
			joint.add(cohort);
		}
		while (next < others.size()) {
			joint.add(others.get(next++));
		}
		return joint.build(lifeNanos, now);
	}

	/**
	 * The calls of the whole fleet.
	 *
	 * @param newest the newest; the others are behind it
	 * @param failed those that the failure belongs to that is judged
	 * @param ownInARow how many of the last failures of this instance no call has belied
	 * that began with them or later, whoever made it
	 * @param othersInARow the same of the others
	 * @param rowStart when the first of these began
	 */
	record Joint(Cohort newest, Cohort failed, int ownInARow, int othersInARow, long rowStart) {
	}

	private static final class JointBuilder {

		private final Cohort source;

		private final @Nullable Cohort wanted;

		private @Nullable Cohort newest;

		private @Nullable Cohort failed;

		JointBuilder(Cohort source, @Nullable Cohort wanted) {
			this.source = source;
			this.wanted = wanted;
		}

		void add(SharedCalls.Stretch others) {
			Cohort copy = this.source.others(others, this.newest);
			this.newest = copy;
			if (this.wanted == null && copy.failures() > 0) {
				this.failed = copy;
			}
		}

		void add(Cohort own) {
			Cohort copy = own.copy(this.newest);
			this.newest = copy;
			if (own == this.wanted || (this.wanted == null && copy.failures() > 0)) {
				this.failed = copy;
			}
		}

		Joint build(double lifeNanos, long now) {
			Cohort newest = (this.newest != null) ? this.newest : this.source;
			int own = 0;
			int others = 0;
			long start = now;
			Cohort cohort = newest;
			while (cohort != null && !cohort.isAlive(lifeNanos, now)) {
				if (cohort.failures() > 0) {
					own += cohort.isOthers() ? 0 : cohort.failures();
					others += cohort.isOthers() ? cohort.failures() : 0;
					start = cohort.first();
				}
				cohort = cohort.older();
			}
			return new Joint(newest, (this.failed != null) ? this.failed : newest, own, others, start);
		}

	}

}
