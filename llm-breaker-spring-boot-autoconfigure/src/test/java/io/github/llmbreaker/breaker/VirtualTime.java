// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that passes only when told so.
 */
public final class VirtualTime implements Ticker, InstantSource {

	/** The time of day at the beginning. */
	public static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

	/** Near the end of the range: a reading may wrap around. */
	private static final long FIRST_READING = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

	private final AtomicLong passed = new AtomicLong();

	@Override
	public long nanos() {
		return FIRST_READING + this.passed.get();
	}

	@Override
	public Instant instant() {
		return START.plusNanos(this.passed.get());
	}

	public void advance(Duration duration) {
		this.passed.addAndGet(duration.toNanos());
	}

	public void advanceSeconds(long seconds) {
		advance(Duration.ofSeconds(seconds));
	}

}
