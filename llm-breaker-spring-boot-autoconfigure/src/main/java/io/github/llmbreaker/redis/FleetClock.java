// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time of Redis by the ticker of this instance, as exactly as answers allow. What the
 * clocks of instances say does not matter.
 */
final class FleetClock {

	/** How far two clocks drift apart. */
	private static final double DRIFT = 1e-4;

	/** More than that is no drift: another Redis answers, or its clock was set. */
	private static final double JUMP = Duration.ofSeconds(1).toNanos();

	private boolean known;

	private long offset;

	private double error;

	private long learnedAt;

	/**
	 * Redis has said what time it is.
	 * @param asked when it was asked, as a reading of the ticker
	 * @param answered when the answer was there
	 * @param millis the answer
	 */
	void learn(long asked, long answered, long millis) {
		long offset = TimeUnit.MILLISECONDS.toNanos(millis) - (asked + (answered - asked) / 2);
		double error = (answered - asked) / 2.0;
		double before = this.error + DRIFT * (answered - this.learnedAt);
		if (!this.known || error <= before || Math.abs(offset - this.offset) > error + before + JUMP) {
			this.known = true;
			this.offset = offset;
			this.error = error;
			this.learnedAt = answered;
		}
	}

	/** Returns the time of Redis. */
	long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos + this.offset);
	}

	/** Returns the reading of the ticker at a time of Redis. */
	long nanos(long millis) {
		return TimeUnit.MILLISECONDS.toNanos(millis) - this.offset;
	}

	/** Returns how far off it may be. */
	Duration error() {
		return Duration.ofNanos((long) this.error);
	}

}
