// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

/**
 * Durations in nanoseconds, without overflow: a very long one means never.
 *
 * @since 0.1.0
 */
public final class Nanos {

	/** About 73 years: adding it to a reading of the ticker can't overflow. */
	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE / 4);

	private Nanos() {
	}

	/**
	 * Returns a duration in nanoseconds.
	 * @param duration the duration; not negative
	 * @return its nanoseconds, at most those of about 73 years
	 */
	public static long of(Duration duration) {
		return (duration.compareTo(FOREVER) < 0) ? duration.toNanos() : FOREVER.toNanos();
	}

}
