// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetClock}.
 */
class FleetClockTests {

	private static final long MILLI = Duration.ofMillis(1).toNanos();

	private final FleetClock clock = new FleetClock();

	@Test
	void quickestAnswerIsBelieved() {
		learn(0, 4000, 100_000);
		assertThat(at(2000)).isEqualTo(100_000);
		learn(5000, 5010, 101_000);
		assertThat(at(5005)).isEqualTo(101_000);
		learn(6000, 8000, 103_500);
		assertThat(at(5005)).isEqualTo(101_000);
		assertThat(this.clock.nanos(101_000)).isEqualTo(5005 * MILLI);
		assertThat(this.clock.error()).isEqualTo(Duration.ofMillis(5));
	}

	@Test
	void slowDriftIsFollowed() {
		learn(0, 2, 100_000);
		int minutes = 60;
		learn(minutes * 60_000, minutes * 60_000 + 20, 100_000 + minutes * 60_000 + 200);
		assertThat(at(minutes * 60_000 + 10)).isEqualTo(100_000 + minutes * 60_000 + 200);
	}

	/** After a failover another machine tells the time. */
	@Test
	void clockThatWasSetIsFollowedAtOnce() {
		learn(0, 2, 1_000_000);
		learn(1000, 1100, 701_000);
		assertThat(at(1050)).isEqualTo(701_000);
	}

	private void learn(long asked, long answered, long millis) {
		this.clock.learn(asked * MILLI, answered * MILLI, millis);
	}

	private long at(long millis) {
		return this.clock.millis(millis * MILLI);
	}

}
