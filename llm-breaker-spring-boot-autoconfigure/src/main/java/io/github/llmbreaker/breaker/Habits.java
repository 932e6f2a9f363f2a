// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is usual for one breaker: how many calls it sees, how many of them fail, and how
 * long failures take. Learned from failure to failure over all closed periods. To be used
 * by who holds the lock.
 */
final class Habits {

	private static final double DAY = Duration.ofDays(1).toNanos();

	private static final double SECOND = Duration.ofSeconds(1).toNanos();

	/** Over how many seconds the traffic is averaged. */
	private static final double RECENT = 10;

	/** Over how many calls the share of failures is averaged. */
	private static final double MEMORY = 200;

	private static final double LEAST_SHARE = 0.01;

	private static final double GREATEST_SHARE = 0.3;

	/** A guess from fewer calls is none. */
	private static final double FEW = 20;

	/** Who has seen fewer calls does not know what is usual. */
	private static final double MANY = 100;

	/** Over how many failures their duration is averaged. */
	private static final int FAILURES = 8;

	/** Failures are not known to be faster: calls are told apart only so far. */
	private static final double SHORTEST = Cohorts.WIDTH;

	private final ReentrantLock lock = new ReentrantLock();

	/** The usual share of failures; before anything is known, that of a sound model. */
	private double share = 0.02;

	/** Failures that the share does not know of yet. */
	private int unlearned;

	private long unlearnedSince;

	private int knownFailures;

	private double mean;

	private double deviation;

	private double ofLastDay;

	private double ofLastSeconds;

	private long lookedAt;

	private long total;

	/** The calls of other instances, averaged alike. */
	private double othersOfLastDay;

	private double othersOfLastSeconds;

	Habits(long start) {
		this.lookedAt = start;
	}

	/** For who tells of failures: they are judged one after the other. */
	ReentrantLock lock() {
		return this.lock;
	}

	/** A new closed period begins: calls are counted from zero. Takes the lock itself. */
	void restart() {
		this.lock.lock();
		try {
			this.total = 0;
			this.unlearnedSince = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A call has failed.
	 * @param nanos how long it took
	 * @param total how many calls of the period have begun so far
	 * @param now the reading of the ticker
	 */
	void failed(long nanos, long total, long now) {
		double calls = Math.max(0, total - this.total);
		double passed = Math.max(1, now - this.lookedAt);
		this.ofLastDay = counted(this.ofLastDay, calls, passed / DAY);
		this.ofLastSeconds = counted(this.ofLastSeconds, calls, passed / (RECENT * SECOND));
		this.total = total;
		this.lookedAt = now;
		this.unlearned++;
		this.knownFailures++;
		if (this.knownFailures == 1) {
			this.mean = nanos;
			this.deviation = nanos / 2.0;
		}
		else {
			double weight = 1.0 / Math.min(this.knownFailures, FAILURES);
			this.deviation += weight * (Math.abs(nanos - this.mean) - this.deviation);
			this.mean += weight * (nanos - this.mean);
		}
	}

	/** What other instances have told of their calls. */
	void heard(OtherCalls others, long now) {
		this.othersOfLastDay = others.callsOfDay(now);
		this.othersOfLastSeconds = others.calls(RECENT * SECOND, now);
	}

	/** The failures of late were nothing unusual, or are over. */
	void learn() {
		double calls = Math.max(this.unlearned, this.total - this.unlearnedSince);
		this.share = Math.min(GREATEST_SHARE,
				Math.max(LEAST_SHARE, this.share * Math.pow(1 - 1 / MEMORY, calls) + this.unlearned / MEMORY));
		this.unlearned = 0;
		this.unlearnedSince = this.total;
	}

	/** Returns the usual share of calls that fail: 0.01 to 0.3. */
	double share() {
		return this.share;
	}

	/**
	 * Returns the calls of a day: those seen within the last one, and more the more of
	 * them there were, up to what the traffic of late would come to.
	 */
	double callsOfDay() {
		double seen = Math.max(1, this.ofLastDay + this.othersOfLastDay);
		return Math.max(seen, Math.min(seen * seen / FEW, usualCalls(DAY / SECOND)));
	}

	/**
	 * Returns how unlikely it must be by chance what is to open.
	 * @param falseAlarmsPerDay how often chance may open
	 * @return the logarithm; 0 as long as nothing is known
	 */
	double bar(double falseAlarmsPerDay) {
		return Math.max(0, Math.log(callsOfDay() / falseAlarmsPerDay)) * Math.min(1, this.ofLastDay / MANY);
	}

	/** Returns the calls in some seconds as they are usual by now. */
	double usualCalls(double seconds) {
		return (this.ofLastSeconds + this.othersOfLastSeconds) * seconds / RECENT;
	}

	/** Returns three times as long as failures usually take. */
	double lifeNanos() {
		return 3 * Math.max(SHORTEST, this.mean);
	}

	/**
	 * Returns how likely it is that a call would have failed by now if it were to fail.
	 * @param age how long it has been running
	 * @return 0 to 1
	 */
	double failedByThen(double age) {
		double mean = Math.max(SHORTEST, this.mean);
		double spread = Math.max(SHORTEST, this.deviation);
		double share = (age >= 3 * mean) ? 1 : (age - mean + 2 * spread) / (4 * spread);
		return Math.min(1, Math.max(0, share));
	}

	/** The older, the less: as if each call were remembered for one of the periods. */
	private static double counted(double before, double calls, double periods) {
		double kept = Math.exp(-periods);
		return before * kept + ((periods < 1e-6) ? calls : calls * (1 - kept) / periods);
	}

}
