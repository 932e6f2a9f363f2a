// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.llmbreaker.breaker.Ticker;

/**
 * Time that passes only when a test says so, for cooldowns and windows without waiting.
 * In use as soon as it is a bean, for instance by {@code @Import(ManualTicker.class)}.
 *
 * @since 0.1.0
 */
public final class ManualTicker implements Ticker {

	private final AtomicLong nanos = new AtomicLong();

	@Override
	public long nanos() {
		return this.nanos.get();
	}

	/**
	 * Lets time pass.
	 * @param duration how long; not negative
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("Time goes forward only (was %s)".formatted(duration));
		}
		this.nanos.addAndGet(duration.toNanos());
	}

}
