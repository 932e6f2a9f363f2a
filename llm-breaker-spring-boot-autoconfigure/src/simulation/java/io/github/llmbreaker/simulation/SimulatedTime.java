// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.github.llmbreaker.breaker.Ticker;

/**
 * The time of one run.
 */
final class SimulatedTime extends Clock implements Ticker {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final double NANOS_PER_SECOND = 1e9;

	private long nanos;

	void set(double seconds) {
		this.nanos = (long) (seconds * NANOS_PER_SECOND);
	}

	void setNanos(long nanos) {
		this.nanos = nanos;
	}

	/** Returns the seconds since the run began. */
	double seconds() {
		return this.nanos / NANOS_PER_SECOND;
	}

	@Override
	public long nanos() {
		return this.nanos;
	}

	@Override
	public Instant instant() {
		return START.plusNanos(this.nanos);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("The simulation knows one time zone");
	}

}
