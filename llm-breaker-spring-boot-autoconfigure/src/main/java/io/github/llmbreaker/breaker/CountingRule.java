// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

import io.github.llmbreaker.CallOutcome;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;

/**
 * Judges failures by their number, as the subclasses say, and calls that took long by
 * their share of those that Resilience4j has counted.
 */
abstract class CountingRule implements OpeningRule {

	/** How old a call may be that is still judged when there is little traffic. */
	static final long OLDEST_JUDGED = Nanos.of(Duration.ofHours(1));

	/** What Resilience4j is told of any failure: it only counts. */
	private static final Throwable FAILURE = new CountedFailureException();

	private static final AtomicIntegerFieldUpdater<CountingRule> IN_A_ROW = AtomicIntegerFieldUpdater
		.newUpdater(CountingRule.class, "inARow");

	private final BreakerPolicy policy;

	private final CircuitBreaker counter;

	/** Consecutive failures. */
	private volatile int inARow;

	private final ReentrantLock failing = new ReentrantLock();

	private long failures;

	private long lastFailure;

	/** The breaker is about to open: what fails now is as late as what fails then. */
	private boolean decided;

	CountingRule(BreakerPolicy policy, CircuitBreaker counter) {
		this.policy = policy;
		this.counter = counter;
	}

	@Override
	public boolean succeeded(Call call, long now) {
		long nanos = now - call.start();
		if (this.inARow != 0) {
			this.inARow = 0;
		}
		this.counter.onSuccess(nanos, TimeUnit.NANOSECONDS);
		return isSlow(nanos) && areTooManySlow();
	}

	@Override
	public Verdict failed(Call call, CallOutcome outcome, long now) {
		this.failing.lock();
		try {
			if (this.decided) {
				return Verdict.TOO_LATE;
			}
			int inARow = IN_A_ROW.incrementAndGet(this);
			this.counter.onError(now - call.start(), TimeUnit.NANOSECONDS, FAILURE);
			this.failures++;
			this.lastFailure = now;
			this.decided = isTooMany(now, inARow) || areTooManySlow();
			return this.decided ? Verdict.OPEN : Verdict.COUNTED;
		}
		finally {
			this.failing.unlock();
		}
	}

	@Override
	public int failures() {
		this.failing.lock();
		try {
			return (int) Math.min(Integer.MAX_VALUE, this.failures);
		}
		finally {
			this.failing.unlock();
		}
	}

	@Override
	public boolean holdsFailures(long now) {
		this.failing.lock();
		try {
			long age = now - this.lastFailure;
			return this.failures > 0 && (isRecent(age) || (this.inARow > 0 && age <= OLDEST_JUDGED));
		}
		finally {
			this.failing.unlock();
		}
	}

	@Override
	public BreakerSnapshot.Window window() {
		return window(metrics());
	}

	/**
	 * Whether the failure that was just counted is one too many.
	 * @param now when it happened
	 * @param inARow how many there were without a success in between
	 */
	abstract boolean isTooMany(long now, int inARow);

	/** Whether a failure counts by its age alone. */
	boolean isRecent(long age) {
		return false;
	}

	abstract BreakerSnapshot.Window window(Metrics metrics);

	BreakerPolicy policy() {
		return this.policy;
	}

	Metrics metrics() {
		return this.counter.getMetrics();
	}

	int inARow() {
		return this.inARow;
	}

	static double slowCallRate(Metrics metrics) {
		return percentage(metrics.getNumberOfSlowCalls(), metrics.getNumberOfBufferedCalls());
	}

	// the two numbers are read one after the other
	static double percentage(int part, int whole) {
		return (whole > 0) ? Math.min(100, part * 100.0 / whole) : 0;
	}

	private boolean isSlow(long nanos) {
		Duration slow = this.policy.slowCallDuration();
		return slow != null && nanos > Nanos.of(slow);
	}

	private boolean areTooManySlow() {
		if (this.policy.slowCallDuration() == null) {
			return false;
		}
		Metrics metrics = metrics();
		return metrics.getNumberOfBufferedCalls() >= this.policy.failureThreshold()
				&& slowCallRate(metrics) >= this.policy.slowCallRateThreshold();
	}

	private static final class CountedFailureException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		CountedFailureException() {
			super("counted failure", null, false, false);
		}

	}

}
