// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one closed period, and the judgement whether they open the breaker.
 */
final class CallWindow {

	/** How old a call may be that is still judged when there is little traffic. */
	private static final long OLDEST_JUDGED = Nanos.of(Duration.ofHours(1));

	/** What the window is told of any failure: it only counts. */
	private static final Throwable FAILURE = new CountedFailureException();

	private static final AtomicIntegerFieldUpdater<CallWindow> STREAK = AtomicIntegerFieldUpdater
		.newUpdater(CallWindow.class, "streak");

	private final BreakerPolicy policy;

	private final CircuitBreaker engine;

	private final long windowNanos;

	/** Consecutive failures. */
	private volatile int streak;

	private final ReentrantLock failing = new ReentrantLock();

	/** When the last failures happened, as many as the threshold. */
	private long @Nullable [] failureTimes;

	private long failures;

	/** The breaker is about to open: what fails now is as late as what fails then. */
	private boolean decided;

	CallWindow(String name, BreakerPolicy policy, Ticker ticker, long start) {
		this.policy = policy;
		this.windowNanos = Nanos.of(policy.window());
		this.engine = isConsecutive() ? Engine.lastCalls(name, policy.failureThreshold(), policy.slowCallDuration())
				: Engine.timeWindow(name, new WindowClock(ticker, start, policy.window()), policy.slowCallDuration());
	}

	/**
	 * Counts a success.
	 * @param nanos its duration
	 * @return whether to open: only if it was slow
	 */
	boolean success(long nanos) {
		if (this.streak != 0) {
			this.streak = 0;
		}
		this.engine.onSuccess(nanos, TimeUnit.NANOSECONDS);
		return isSlow(nanos) && isTooSlow();
	}

	/**
	 * Counts a failure.
	 * @param now the reading of the ticker
	 * @param nanos its duration
	 * @return whether it was counted, and whether to open
	 */
	Verdict failure(long now, long nanos) {
		this.failing.lock();
		try {
			if (this.decided) {
				return Verdict.TOO_LATE;
			}
			int inARow = STREAK.incrementAndGet(this);
			this.engine.onError(nanos, TimeUnit.NANOSECONDS, FAILURE);
			Long oldest = remember(now);
			this.decided = isTooMany(now, inARow, oldest) || isTooSlow();
			return this.decided ? Verdict.OPEN : Verdict.COUNTED;
		}
		finally {
			this.failing.unlock();
		}
	}

	/** Returns the counted failures of the whole period. */
	int failures() {
		this.failing.lock();
		try {
			return (int) Math.min(Integer.MAX_VALUE, this.failures);
		}
		finally {
			this.failing.unlock();
		}
	}

	/** Whether it remembers a failure that may still count. */
	boolean holdsFailures(long now) {
		this.failing.lock();
		try {
			long[] times = this.failureTimes;
			if (times == null) {
				return false;
			}
			long age = now - times[(int) ((this.failures - 1) % times.length)];
			return age < this.windowNanos || (this.streak > 0 && age <= OLDEST_JUDGED);
		}
		finally {
			this.failing.unlock();
		}
	}

	BreakerSnapshot.Window snapshot() {
		Metrics metrics = this.engine.getMetrics();
		if (isConsecutive()) {
			int inARow = this.streak;
			return new BreakerSnapshot.Window(inARow, inARow, (inARow > 0) ? 100 : 0, slowCallRate(metrics));
		}
		int failed = metrics.getNumberOfFailedCalls();
		int calls = Math.max(failed, metrics.getNumberOfBufferedCalls());
		return new BreakerSnapshot.Window(calls, failed, percentage(failed, calls), slowCallRate(metrics));
	}

	/** Returns when the oldest of the last failures was, once there are enough. */
	private @Nullable Long remember(long now) {
		int threshold = this.policy.failureThreshold();
		long[] times = this.failureTimes;
		if (times == null) {
			times = new long[threshold];
			this.failureTimes = times;
		}
		times[(int) (this.failures % threshold)] = now;
		this.failures++;
		return (this.failures >= threshold) ? times[(int) (this.failures % threshold)] : null;
	}

	private boolean isTooMany(long now, int inARow, @Nullable Long oldest) {
		int threshold = this.policy.failureThreshold();
		if (isConsecutive()) {
			return inARow >= threshold;
		}
		if (oldest == null) {
			return false;
		}
		long age = now - oldest;
		return (age < this.windowNanos && isFailureRateReached())
				|| (inARow >= threshold && age <= OLDEST_JUDGED && isTrafficLow());
	}

	private boolean isFailureRateReached() {
		double threshold = this.policy.failureRateThreshold();
		if (threshold == 0) {
			return true;
		}
		Metrics metrics = this.engine.getMetrics();
		return percentage(metrics.getNumberOfFailedCalls(), metrics.getNumberOfBufferedCalls()) >= threshold;
	}

	private boolean isTrafficLow() {
		return this.engine.getMetrics().getNumberOfBufferedCalls() < this.policy.failureThreshold();
	}

	private boolean isSlow(long nanos) {
		Duration slow = this.policy.slowCallDuration();
		return slow != null && nanos > Nanos.of(slow);
	}

	private boolean isTooSlow() {
		if (this.policy.slowCallDuration() == null) {
			return false;
		}
		Metrics metrics = this.engine.getMetrics();
		return metrics.getNumberOfBufferedCalls() >= this.policy.failureThreshold()
				&& slowCallRate(metrics) >= this.policy.slowCallRateThreshold();
	}

	private boolean isConsecutive() {
		return this.policy.window().isZero();
	}

	private static double slowCallRate(Metrics metrics) {
		return percentage(metrics.getNumberOfSlowCalls(), metrics.getNumberOfBufferedCalls());
	}

	// the two numbers are read one after the other
	private static double percentage(int part, int whole) {
		return (whole > 0) ? Math.min(100, part * 100.0 / whole) : 0;
	}

	/**
	 * What a failure comes to.
	 */
	enum Verdict {

		/** It counts. */
		COUNTED,

		/** It counts, and was one too many. */
		OPEN,

		/** Another call has decided already. */
		TOO_LATE

	}

	private static final class CountedFailureException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		CountedFailureException() {
			super("counted failure", null, false, false);
		}

	}

}
