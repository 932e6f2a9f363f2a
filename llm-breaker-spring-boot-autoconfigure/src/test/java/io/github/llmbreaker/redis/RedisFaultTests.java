// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for fleets that faults hit while they have something to tell: no call waits, and
 * in the end all agree.
 */
@Timeout(120)
class RedisFaultTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration REJOINED = RealRedis.REJOINED;

	private final BreakerPolicy slow = TestPolicies.model().halfOpenCalls(1).get();

	private final BreakerPolicy quick = TestPolicies.model().halfOpenCalls(1).cooldown(Duration.ofMillis(300)).get();

	private final RealRedis redis = new RealRedis();

	private final List<FaultyWire> wires = new ArrayList<>();

	@AfterEach
	void stop() {
		this.wires.forEach(FaultyWire::close);
		this.redis.close();
	}

	@Test
	void noCallWaitsWhileRedisSleeps() throws InterruptedException {
		FleetInstance a = join(this.quick, this.redis.port());
		this.redis.sleep(Duration.ofSeconds(3));
		assertThat(callsUntil(a, () -> !a.isConnected())).isPositive();
		await().atMost(REJOINED).until(a::isConnected);
	}

	@Test
	void noCallWaitsForWireThatSwallowsOrDelaysEverything() throws InterruptedException {
		FaultyWire wire = wire();
		FleetInstance a = join(this.quick, wire.port());
		wire.delay(Duration.ofSeconds(2));
		assertThat(callsUntil(a, () -> !a.isConnected())).isPositive();
		wire.delay(Duration.ZERO);
		await().atMost(REJOINED).until(a::isConnected);
		wire.swallow(true);
		assertThat(callsUntil(a, () -> !a.isConnected())).isPositive();
		wire.swallow(false);
		await().atMost(REJOINED).until(a::isConnected);
	}

	@Test
	void halvesOfFleetAgreeWhenTheirSplitHeals() {
		FaultyWire left = wire();
		FaultyWire right = wire();
		List<FleetInstance> fleet = List.of(join(this.slow, left.port()), join(this.slow, left.port()),
				join(this.slow, right.port()), join(this.slow, right.port()));
		for (int split = 0; split < 2; split++) {
			left.cut(true);
			right.cut(true);
			await().atMost(SOON).until(() -> fleet.stream().noneMatch(FleetInstance::isConnected));
			fleet.get(0).fail(5);
			fleet.get(1).fail(2);
			fleet.get(2).fail(2);
			left.cut(false);
			right.cut(false);
			await().atMost(REJOINED).until(() -> fleet.stream().allMatch(FleetInstance::isConnected));
			await().atMost(SOON).until(() -> all(fleet, BreakerState.OPEN));
			fleet.get(3).breaker().close();
			await().atMost(SOON).until(() -> all(fleet, BreakerState.CLOSED));
		}
	}

	@Test
	void whatWasFoundOutBeforeTheOthersClosedOpensNothingLater() {
		FaultyWire wire = wire();
		FleetInstance near = join(this.slow, this.redis.port());
		FleetInstance far = join(this.slow, wire.port());
		wire.cut(true);
		await().atMost(SOON).until(() -> !far.isConnected());
		far.fail(5);
		near.fail(5);
		await().atMost(SOON).until(() -> !near.sync.fleet().openedBy().isEmpty());
		near.breaker().close();
		await().atMost(SOON).until(() -> near.sync.fleet().openedBy().isEmpty());
		wire.cut(false);
		await().atMost(REJOINED).until(() -> far.isConnected() && far.state() == BreakerState.CLOSED);
		assertThat(near.breaker().snapshot().trips()).isOne();
	}

	@Test
	void failuresOfLostInstanceCountOnceItIsBack() {
		FaultyWire wire = wire();
		FleetInstance near = join(this.slow, this.redis.port());
		FleetInstance far = join(this.slow, wire.port());
		wire.cut(true);
		await().atMost(SOON).until(() -> !far.isConnected());
		far.fail(3);
		near.fail(1);
		wire.cut(false);
		await().atMost(REJOINED).until(far::isConnected);
		assertThat(near.state()).isEqualTo(BreakerState.CLOSED);
		near.fail(1);
		await().atMost(SOON).until(() -> all(List.of(near, far), BreakerState.OPEN));
	}

	@Test
	void failuresCountOnceThoughRedisIsEmptied() {
		FleetInstance a = join(this.slow, this.redis.port());
		FleetInstance b = join(this.slow, this.redis.port());
		a.fail(2);
		b.fail(1);
		await().atMost(SOON).until(() -> this.redis.timesToLive().size() > 2);
		this.redis.flush();
		await().atMost(SOON).until(() -> this.redis.timesToLive().size() >= 2);
		b.fail(1);
		await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> all(List.of(a, b), BreakerState.CLOSED));
		a.fail(1);
		await().atMost(SOON).until(() -> all(List.of(a, b), BreakerState.OPEN));
	}

	@Test
	void clocksOfInstancesDoNotMatter() {
		Duration off = Duration.ofMinutes(5);
		List<FleetInstance> fleet = IntStream.rangeClosed(-1, 1)
			.mapToObj((times) -> new FleetInstance(this.redis.factory(this.redis.port()), this.slow,
					Clock.offset(Clock.systemUTC(), off.multipliedBy(times)),
					() -> Ticker.SYSTEM.nanos() + times * off.toNanos()))
			.toList();
		try {
			fleet.forEach(FleetInstance::breaker);
			await().atMost(SOON).until(() -> fleet.stream().allMatch(FleetInstance::isConnected));
			fleet.get(0).fail(2);
			fleet.get(1).fail(1);
			fleet.get(2).fail(2);
			await().atMost(SOON).until(() -> all(fleet, BreakerState.OPEN));
			assertThat(fleet).allSatisfy((it) -> assertThat(it.breaker().remainingCooldown())
				.isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30)));
		}
		finally {
			fleet.forEach(FleetInstance::close);
		}
	}

	@Test
	void thousandBreakersOpenAndCloseTogether() {
		FleetInstance a = join(this.slow, this.redis.port());
		FleetInstance b = join(this.slow, this.redis.port());
		List<LlmTarget> targets = IntStream.range(0, 1000)
			.mapToObj((number) -> LlmTarget.of("openai", "model-" + number))
			.toList();
		targets.forEach(b.registry::gate);
		for (LlmTarget target : targets) {
			for (int i = 0; i < 5; i++) {
				a.tryCall(target).ifPresent((call) -> call.complete(TestRegistry.FAILURE));
			}
		}
		await().atMost(REJOINED.multipliedBy(2))
			.until(() -> models(b).allMatch((it) -> it.state() == BreakerState.OPEN));
		models(a).forEach(Breaker::close);
		await().atMost(REJOINED.multipliedBy(2))
			.until(() -> models(b).allMatch((it) -> it.state() == BreakerState.CLOSED));
	}

	private static Stream<Breaker> models(FleetInstance instance) {
		return instance.registry.all().stream().filter((it) -> it.name().startsWith("openai:model-"));
	}

	/**
	 * Makes calls, good and bad, and looks what their threads are doing.
	 * @return how many calls were made after it was so
	 */
	private int callsUntil(FleetInstance instance, BooleanSupplier enough) throws InterruptedException {
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger calls = new AtomicInteger();
		List<Thread> callers = IntStream.range(0, 3).mapToObj((number) -> new Thread(() -> {
			while (!over.get()) {
				boolean bad = calls.incrementAndGet() % 3 == number;
				instance.tryCall()
					.ifPresent((call) -> call.complete(bad ? TestRegistry.FAILURE : TestRegistry.SUCCESS));
			}
		}, "caller")).toList();
		callers.forEach(Thread::start);
		AtomicInteger before = new AtomicInteger();
		try {
			await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
				callers.forEach(RedisFaultTests::assertDoesNotWait);
				return enough.getAsBoolean();
			});
			before.set(calls.get());
			await().atMost(SOON).until(() -> calls.get() > before.get());
		}
		finally {
			over.set(true);
			for (Thread caller : callers) {
				caller.join(SOON.toMillis());
			}
		}
		assertThat(callers).noneMatch(Thread::isAlive);
		return calls.get() - before.get();
	}

	private static void assertDoesNotWait(Thread caller) {
		assertThat(Arrays.stream(caller.getStackTrace()).map(StackTraceElement::getClassName)).as("what a call does")
			.noneMatch((name) -> name.startsWith("io.lettuce") || name.contains("RedisLink")
					|| name.contains("FleetDuty") || name.startsWith("org.springframework.data.redis"));
	}

	private FaultyWire wire() {
		FaultyWire wire = new FaultyWire(this.redis.port());
		this.wires.add(wire);
		return wire;
	}

	private static boolean all(List<FleetInstance> fleet, BreakerState state) {
		return fleet.stream().allMatch((it) -> it.state() == state);
	}

	private FleetInstance join(BreakerPolicy policy, int port) {
		return this.redis.joined(policy, port);
	}

}
