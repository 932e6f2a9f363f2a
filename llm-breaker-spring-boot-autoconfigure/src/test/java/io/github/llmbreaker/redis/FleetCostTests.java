// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;

import com.sun.management.ThreadMXBean;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.Ticker;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what a fleet costs calls that go well. Figures of time are those of
 * {@code FleetBenchmark}.
 */
@Timeout(60)
class FleetCostTests {

	private static final int CALLS = 20_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void callsOfFleetTakeAsManyBytesAsOthers() {
		BreakerPolicy policy = TestPolicies.model().get();
		TargetGate alone = new BreakerRegistry(TestRegistry.settings(policy, Ticker.SYSTEM, Clock.systemUTC()))
			.gate(TestRegistry.TARGET);
		try (RealRedis redis = new RealRedis()) {
			FleetInstance instance = redis.join(policy);
			await().atMost(Duration.ofSeconds(20)).until(instance::isConnected);
			TargetGate shared = instance.registry.gate(TestRegistry.TARGET);
			bytes(alone);
			bytes(shared);
			assertThat(bytes(shared)).isCloseTo(bytes(alone), Offset.offset(2.0));
		}
	}

	/** Returns the bytes of a call. */
	private double bytes(TargetGate gate) {
		long thread = Thread.currentThread().getId();
		long before = this.threads.getThreadAllocatedBytes(thread);
		for (int i = 0; i < CALLS; i++) {
			gate.acquire(null).complete(TestRegistry.SUCCESS);
		}
		return (this.threads.getThreadAllocatedBytes(thread) - before) / (double) CALLS;
	}

}
