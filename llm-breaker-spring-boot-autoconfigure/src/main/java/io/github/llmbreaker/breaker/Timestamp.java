// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Instant;

/**
 * A time of day, for people, with its reading of the ticker, for durations.
 *
 * @param instant the time of day
 * @param nanos the reading of the ticker
 */
record Timestamp(Instant instant, long nanos) {

	Timestamp plusNanos(long more) {
		return new Timestamp(this.instant.plusNanos(more), this.nanos + more);
	}

}
