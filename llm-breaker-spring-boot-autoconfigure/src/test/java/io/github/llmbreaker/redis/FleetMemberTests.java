// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetMember}: who may probe.
 */
class FleetMemberTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final AtomicInteger asked = new AtomicInteger();

	private final FleetMember member = member();

	@Test
	void callsAskForLeaveAndAreToldToComeBack() {
		assertThat(ask(4)).isEqualTo(Duration.ofMillis(50));
		assertThat(this.asked).hasValue(1);
		this.member.leased(true, Duration.ofSeconds(2), 4 * SECOND);
		assertThat(ask(4.1)).isZero();
	}

	@Test
	void leaseOfAnotherKeepsCallsAwayUntilItIsOver() {
		this.member.leased(false, Duration.ofSeconds(10), 0);
		assertThat(ask(7)).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.asked).hasValue(0);
		assertThat(ask(11)).isEqualTo(Duration.ofMillis(50));
	}

	@Test
	void whoHasFewCallsProbesWithoutLeaveAndSaysSo() {
		assertThat(ask(6)).as("the lease would come for no call").isZero();
		assertThat(this.asked).hasValue(1);
		assertThat(this.member.wantedLease()).isEqualTo(FleetSettings.LEASE);
	}

	@Test
	void whoHasFewCallsWaitsForOneThatProbes() {
		this.member.leased(false, Duration.ofSeconds(10), 0);
		assertThat(ask(9)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void whoeverHearsNothingProbesAlone() {
		ask(1);
		assertThat(ask(1.5)).isEqualTo(Duration.ofMillis(50));
		assertThat(ask(2.1)).isZero();
	}

	@Test
	void whoHasNoMoreCallsHasProbed() {
		this.member.leased(true, Duration.ofSeconds(10), 0);
		ask(1);
		assertThat(this.member.hasProbed(2 * SECOND)).isFalse();
		assertThat(this.member.hasProbed(3 * SECOND)).isTrue();
	}

	private Duration ask(double seconds) {
		return this.member.probeDelay((long) (seconds * SECOND), this.asked::incrementAndGet);
	}

	private static FleetMember member() {
		return new FleetMember(TestRegistry.create(new VirtualTime()).gate(TestRegistry.TARGET).modelBreaker(), 0);
	}

}
