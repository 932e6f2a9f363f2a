// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RedisBreakerSync} when Redis is slow, gone, wiped, or behind a wire
 * that fails.
 */
@Timeout(90)
@ExtendWith(OutputCaptureExtension.class)
class RedisLossTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final Duration REJOINED = RealRedis.REJOINED;

	private final BreakerPolicy slow = TestPolicies.model().halfOpenCalls(1).get();

	private final BreakerPolicy quick = TestPolicies.model().halfOpenCalls(1).cooldown(Duration.ofMillis(400)).get();

	private final RealRedis redis = new RealRedis();

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void emptyRedisLearnsWhatTheInstancesKnow(CapturedOutput output) {
		FleetInstance a = join(this.slow);
		FleetInstance b = join(this.slow);
		this.redis.kill();
		await().atMost(SOON).until(() -> !a.isConnected() && !b.isConnected());
		a.fail(5);
		assertThat(a.state()).isEqualTo(BreakerState.OPEN);
		assertThat(b.state()).isEqualTo(BreakerState.CLOSED);
		this.redis.restart();
		await().atMost(REJOINED).until(() -> a.isConnected() && b.isConnected());
		await().atMost(SOON).until(() -> b.state() == BreakerState.OPEN);
		assertThat(output.getAll().split("Fleet 'shop' is lost", -1)).hasSize(3);
		assertThat(output.getAll().split("Fleet 'shop' is joined again", -1)).hasSize(3);
	}

	@Test
	void flushForgetsNothingThatStillHolds() {
		FleetInstance a = join(this.slow);
		join(this.slow).forceOpen();
		await().atMost(SOON).until(() -> a.state() == BreakerState.FORCED_OPEN);
		this.redis.flush();
		await().atMost(SOON).until(() -> !this.redis.timesToLive().isEmpty());
		await().atMost(SOON).until(() -> join(this.slow).state() == BreakerState.FORCED_OPEN);
		a.breaker().close();
		FleetInstance late = join(this.slow);
		await().atMost(SOON).until(() -> late.state() == BreakerState.CLOSED);
	}

	@Test
	void noCallWaitsWhileRedisIsPaused() {
		FleetInstance a = join(this.quick);
		FleetInstance b = join(this.quick);
		this.redis.pause(Duration.ofSeconds(3));
		long start = Ticker.SYSTEM.nanos();
		long longest = 0;
		a.fail(5);
		while (Ticker.SYSTEM.nanos() - start < Duration.ofSeconds(2).toNanos()) {
			long before = Ticker.SYSTEM.nanos();
			a.tryCall().ifPresent((call) -> call.complete(TestRegistry.SUCCESS));
			longest = Math.max(longest, Ticker.SYSTEM.nanos() - before);
		}
		assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1));
		assertThat(a.state()).as("probed alone").isEqualTo(BreakerState.CLOSED);
		await().atMost(REJOINED).until(() -> a.isConnected() && b.isConnected());
		b.fail(5);
		await().atMost(SOON).until(() -> a.state() != BreakerState.CLOSED);
	}

	@Test
	void splitHealsAndNothingStaysOpen(CapturedOutput output) {
		try (FaultyWire wire = new FaultyWire(this.redis.port())) {
			FleetInstance far = this.redis.joined(this.slow, wire.port());
			FleetInstance near = join(this.slow);
			near.forceOpen();
			await().atMost(SOON).until(() -> far.state() == BreakerState.FORCED_OPEN);
			wire.swallow(true);
			await().atMost(Duration.ofSeconds(15)).until(() -> !far.isConnected());
			near.breaker().close();
			assertThat(far.state()).isEqualTo(BreakerState.FORCED_OPEN);
			wire.swallow(false);
			await().atMost(REJOINED).until(() -> far.state() == BreakerState.CLOSED);
			wire.cut(true);
			await().atMost(SOON).until(() -> !far.isConnected());
			near.fail(5);
			wire.cut(false);
			await().atMost(REJOINED).until(() -> far.state() == BreakerState.OPEN);
			assertThat(output.getAll().split("Fleet 'shop' is lost", -1)).hasSize(3);
			assertThat(output).doesNotContain("WARN io.lettuce");
		}
	}

	@Test
	void startWithoutRedisGoesOnAloneAndJoinsLater() {
		this.redis.kill();
		FleetInstance alone = this.redis.join(this.quick);
		assertThat(alone.isConnected()).isFalse();
		alone.fail(5);
		await().atMost(SOON).until(() -> alone.tryCall().map((call) -> {
			call.complete(TestRegistry.SUCCESS);
			return true;
		}).orElse(false));
		this.redis.restart();
		await().atMost(REJOINED).until(alone::isConnected);
		assertThat(alone.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(List.of(alone.sync.fleet().instance())).isEqualTo(alone.sync.fleet().instances());
	}

	private FleetInstance join(BreakerPolicy policy) {
		return this.redis.joined(policy, this.redis.port());
	}

}
