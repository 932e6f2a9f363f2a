// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock whose seconds last a sixtieth of the window. Resilience4j's window has one
 * bucket per second: this way it has 60, however long the window is.
 */
final class WindowClock extends Clock {

	static final int BUCKETS = 60;

	private final Ticker ticker;

	private final long start;

	private final long nanosPerBucket;

	WindowClock(Ticker ticker, long start, Duration window) {
		this.ticker = ticker;
		this.start = start;
		this.nanosPerBucket = Math.max(1, (Nanos.of(window) + BUCKETS - 1) / BUCKETS);
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochSecond((this.ticker.nanos() - this.start) / this.nanosPerBucket);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
