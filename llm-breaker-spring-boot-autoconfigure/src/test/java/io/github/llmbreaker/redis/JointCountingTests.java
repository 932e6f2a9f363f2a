// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for failures of several instances that add up, on a real Redis.
 */
@Timeout(60)
class JointCountingTests extends OneRedis {

	/** What is not there by then does not come. */
	private static final Duration WHILE = Duration.ofMillis(1200);

	@Test
	void fleetOpensAfterAsManyFailuresAsOneInstance() {
		join(20, TestPolicies.model().get());
		failOn(0, 4);
		awaitNothing();
		failOn(4, 5);
		awaitState(BreakerState.OPEN);
		assertThat(this.fleet).allSatisfy((it) -> {
			assertThat(it.breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
			assertThat(it.breaker().snapshot().trips()).isOne();
		});
		assertThat(this.fleet.stream().map((it) -> it.breaker().snapshot().window().failures())).contains(5);
	}

	@Test
	void failuresInARowAddUp() {
		join(3, TestPolicies.model().consecutive().get());
		failOn(0, 2);
		failOn(0, 2);
		awaitNothing();
		failOn(2, 3);
		awaitState(BreakerState.OPEN);
	}

	@Test
	void evidenceAddsUp() {
		join(3, TestPolicies.model().evidence().get());
		failOn(0, 2);
		awaitNothing();
		failOn(0, 3);
		failOn(0, 3);
		awaitState(BreakerState.OPEN);
	}

	@Test
	void failuresAtOnceAddUpWithoutAnotherCall() {
		join(20, TestPolicies.model().get());
		failOn(0, 20);
		awaitState(BreakerState.OPEN);
	}

	@Test
	void proofsOfLifeOfTheOthersCount() {
		join(20, TestPolicies.model().get());
		this.fleet.forEach((it) -> it.succeed(3));
		failOn(0, 8);
		awaitNothing();
	}

	@Test
	void badNetworkOfOneInstanceOpensNothingForTheOthers() {
		join(4, TestPolicies.model().get());
		FleetInstance bad = this.fleet.get(0);
		for (int i = 0; i < 12; i++) {
			bad.fail(1);
			this.fleet.subList(1, 4).forEach((it) -> it.succeed(10));
			long before = Ticker.SYSTEM.nanos();
			await().pollInterval(Duration.ofMillis(20))
				.until(() -> Ticker.SYSTEM.nanos() - before > Duration.ofMillis(250).toNanos());
		}
		assertThat(this.fleet).allMatch((it) -> it.state() == BreakerState.CLOSED);
	}

	@Test
	void whatWasBeforeOpeningDoesNotCountAfterClosing() {
		join(3, TestPolicies.model().get());
		failOn(0, 2);
		failOn(0, 3);
		awaitState(BreakerState.OPEN);
		this.fleet.get(2).breaker().close();
		awaitState(BreakerState.CLOSED);
		failOn(0, 3);
		awaitNothing();
		failOn(0, 2);
		awaitState(BreakerState.OPEN);
	}

	@Test
	void waitThatTheProviderNamesHoldsForAll() {
		join(2, TestPolicies.model().get());
		this.fleet.get(0).fail(3);
		CallOutcome limited = new CallOutcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, true, Duration.ofMinutes(3),
				429);
		this.fleet.get(1).tryCall().orElseThrow().complete(limited);
		this.fleet.get(1).tryCall().orElseThrow().complete(limited);
		awaitState(BreakerState.OPEN);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.fleet)
				.allMatch((it) -> it.breaker().remainingCooldown().compareTo(Duration.ofMinutes(2)) > 0));
	}

	@Test
	void healthyCallsCostNoCommands() {
		join(3, TestPolicies.model().get());
		long start = Ticker.SYSTEM.nanos();
		long before = redis.scripts();
		this.fleet.forEach((it) -> it.succeed(1000));
		await().during(WHILE).until(() -> true);
		double beats = (Ticker.SYSTEM.nanos() - start) / (double) FleetSettings.BEAT.toNanos() + 1;
		assertThat(redis.scripts() - before).as("but for the signs of life").isLessThanOrEqualTo((long) (3 * beats));
	}

	/** One failure in a hundred is usual, and tells the others nothing. */
	@Test
	void fewFailuresAmongManyCallsCostNoCommands() {
		join(3, TestPolicies.model().get());
		this.fleet.forEach((it) -> it.succeed(100));
		long start = Ticker.SYSTEM.nanos();
		long before = redis.scripts();
		for (int i = 0; i < 10; i++) {
			this.fleet.forEach((it) -> it.succeed(99));
			failOn(0, 3);
		}
		await().during(WHILE).until(() -> true);
		double beats = (Ticker.SYSTEM.nanos() - start) / (double) FleetSettings.BEAT.toNanos() + 1;
		assertThat(redis.scripts() - before).isLessThanOrEqualTo((long) (3 * beats));
	}

	@Test
	void countsGoAwayByThemselves() {
		join(2, TestPolicies.model().get());
		failOn(0, 2);
		await().atMost(SOON).until(() -> redis.timesToLive().size() == 3);
		assertThat(redis.timesToLive()).allMatch((seconds) -> seconds > 0);
	}

	private void failOn(int from, int to) {
		this.fleet.subList(from, to).forEach((it) -> it.fail(1));
	}

	private void awaitNothing() {
		await().during(WHILE)
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.fleet.stream().allMatch((it) -> it.state() == BreakerState.CLOSED));
	}

}
