// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TestRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RedisBreakerSync} on a real Redis that is well.
 */
@Timeout(60)
class RedisBreakerSyncTests extends OneRedis {

	private final BreakerPolicy slow = TestPolicies.model().halfOpenCalls(1).get();

	private final BreakerPolicy quick = TestPolicies.model().halfOpenCalls(1).cooldown(Duration.ofMillis(400)).get();

	private @Nullable CallPermit probe;

	@Test
	void whatOneFindsOutAllKnowWithItsReason() {
		join(20, this.slow);
		this.fleet.get(0).fail(5);
		awaitState(BreakerState.OPEN);
		assertThat(this.fleet).allSatisfy((it) -> {
			assertThat(it.breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
			assertThat(it.breaker().remainingCooldown()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
			assertThat(it.breaker().snapshot().trips()).isOne();
		});
		FleetStatus status = this.fleet.get(7).sync.fleet();
		assertThat(status.openedBy()).containsEntry("openai:gpt-4.1", this.fleet.get(0).sync.fleet().instance());
		assertThat(this.fleet.get(19).sync.fleet().instances()).hasSize(20);
	}

	@Test
	void closeForceDisableAndResetReachTheOthers() {
		join(3, this.slow);
		this.fleet.get(0).fail(5);
		awaitState(BreakerState.OPEN);
		this.fleet.get(1).breaker().close();
		awaitState(BreakerState.CLOSED);
		this.fleet.get(2).forceOpen();
		awaitState(BreakerState.FORCED_OPEN);
		this.fleet.get(0).breaker().disable();
		awaitState(BreakerState.DISABLED);
		this.fleet.get(1).breaker().reset();
		awaitState(BreakerState.CLOSED);
	}

	@Test
	void longerWaitOfLateCallReachesTheOthers() {
		join(3, this.slow);
		CallPermit late = this.fleet.get(1).tryCall().orElseThrow();
		this.fleet.get(0).fail(5);
		awaitState(BreakerState.OPEN);
		late.complete(new CallOutcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, true, Duration.ofMinutes(4), 429));
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.fleet)
				.allMatch((it) -> it.breaker().remainingCooldown().compareTo(Duration.ofMinutes(3)) > 0));
	}

	@Test
	void newInstanceStartsWithWhatTheFleetKnows() {
		join(1, this.slow);
		this.fleet.get(0).fail(5);
		await().atMost(SOON).until(() -> !this.fleet.get(0).sync.fleet().openedBy().isEmpty());
		try (FleetInstance late = redis.join(this.slow)) {
			assertThat(late.tryCall()).isEmpty();
			assertThat(late.breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
		}
	}

	@Test
	void oneProbeIsInFlightInTheWholeFleet() {
		join(5, this.quick);
		this.fleet.get(2).fail(5);
		awaitOpened();
		AtomicInteger probes = new AtomicInteger();
		await().atMost(SOON).until(() -> tryAll(probes) > 0);
		await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(5)).until(() -> {
			tryAll(probes);
			return probes.get() == 1;
		});
		Objects.requireNonNull(this.probe).complete(TestRegistry.SUCCESS);
		awaitState(BreakerState.CLOSED);
	}

	@Test
	void failedProbeKeepsAllOpen() {
		join(3, this.quick);
		this.fleet.get(0).fail(5);
		awaitOpened();
		AtomicInteger probes = new AtomicInteger();
		await().atMost(SOON).until(() -> tryAll(probes) > 0);
		Objects.requireNonNull(this.probe).complete(TestRegistry.FAILURE);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.fleet)
				.allMatch((it) -> it.sync.fleet().probing().isEmpty() && it.state() != BreakerState.CLOSED));
	}

	@Test
	void proberThatLeavesHandsTheProbeOn() {
		join(2, this.quick);
		this.fleet.get(0).fail(5);
		awaitOpened();
		await().atMost(SOON).until(() -> this.fleet.get(0).tryCall().isPresent());
		await().atMost(SOON).until(() -> !this.fleet.get(1).sync.fleet().probing().isEmpty());
		this.fleet.get(0).close();
		FleetInstance other = this.fleet.get(1);
		await().atMost(Duration.ofSeconds(30)).until(() -> other.tryCall().map((call) -> {
			call.complete(TestRegistry.SUCCESS);
			return true;
		}).orElse(false));
		assertThat(other.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void instanceThatWasStoppedCanJoinAgain() {
		join(2, this.slow);
		FleetInstance paused = this.fleet.get(1);
		paused.close();
		assertThat(paused.isConnected()).isFalse();
		this.fleet.get(0).fail(5);
		assertThat(paused.state()).isEqualTo(BreakerState.CLOSED);
		paused.sync.start();
		awaitState(BreakerState.OPEN);
	}

	@Test
	void everyKeyHasATimeToLive() {
		join(2, this.slow);
		this.fleet.get(0).fail(5);
		awaitState(BreakerState.OPEN);
		assertThat(redis.timesToLive()).isNotEmpty().allMatch((seconds) -> seconds > 0);
	}

	private int tryAll(AtomicInteger probes) {
		for (FleetInstance instance : this.fleet) {
			Optional<CallPermit> call = instance.tryCall();
			call.ifPresent((permit) -> {
				this.probe = permit;
				probes.incrementAndGet();
			});
		}
		return probes.get();
	}

	/** The cooldown may be over by the time that it is looked at. */
	private void awaitOpened() {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.fleet).noneMatch((it) -> it.state() == BreakerState.CLOSED));
	}

}
