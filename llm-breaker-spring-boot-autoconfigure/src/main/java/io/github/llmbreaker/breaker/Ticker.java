// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * A monotonic clock for durations; not related to the time of day.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ticker {

	/** The system's. */
	Ticker SYSTEM = System::nanoTime;

	/** Returns the current reading: nanoseconds since some fixed but arbitrary time. */
	long nanos();

}
