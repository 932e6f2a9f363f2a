// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * So many failures within a sliding window open if they are also at least so many percent
 * of its calls. With too little traffic to fill the window the last calls are judged.
 */
final class FailuresInWindowRule extends CountingRule {

	private final long windowNanos;

	/** When the last failures happened, as many as the threshold. */
	private long @Nullable [] times;

	private int next;

	private boolean full;

	FailuresInWindowRule(String name, BreakerPolicy policy, Ticker ticker, long start) {
		super(policy, Resilience4jBreakers.timeWindow(name, new WindowClock(ticker, start, policy.window()),
				policy.slowCallDuration()));
		this.windowNanos = Nanos.of(policy.window());
	}

	@Override
	boolean isTooMany(long now, int inARow) {
		Long oldest = remember(now);
		if (oldest == null) {
			return false;
		}
		long age = now - oldest;
		return (age < this.windowNanos && isFailureRateReached())
				|| (inARow >= policy().failureThreshold() && age <= OLDEST_JUDGED && isTrafficLow());
	}

	@Override
	boolean isRecent(long age) {
		return age < this.windowNanos;
	}

	@Override
	BreakerSnapshot.Window window(Metrics metrics) {
		int failed = metrics.getNumberOfFailedCalls();
		int calls = Math.max(failed, metrics.getNumberOfBufferedCalls());
		return new BreakerSnapshot.Window(calls, failed, percentage(failed, calls), slowCallRate(metrics));
	}

	/** Returns when the oldest of the last failures was, once there are enough. */
	private @Nullable Long remember(long now) {
		long[] times = this.times;
		if (times == null) {
			times = new long[policy().failureThreshold()];
			this.times = times;
		}
		times[this.next] = now;
		this.next = (this.next + 1) % times.length;
		this.full |= this.next == 0;
		return this.full ? times[this.next] : null;
	}

	private boolean isFailureRateReached() {
		double threshold = policy().failureRateThreshold();
		if (threshold == 0) {
			return true;
		}
		Metrics metrics = metrics();
		return percentage(metrics.getNumberOfFailedCalls(), metrics.getNumberOfBufferedCalls()) >= threshold;
	}

	private boolean isTrafficLow() {
		return metrics().getNumberOfBufferedCalls() < policy().failureThreshold();
	}

}
