// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.BreakerPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What tests have in common whose instances share one Redis that is well.
 */
abstract class OneRedis {

	static final Duration SOON = Duration.ofSeconds(5);

	static RealRedis redis;

	List<FleetInstance> fleet = List.of();

	@BeforeAll
	static void start() {
		redis = new RealRedis();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@AfterEach
	void leave() {
		this.fleet.forEach(FleetInstance::close);
		redis.flush();
	}

	void join(int instances, BreakerPolicy policy) {
		this.fleet = Stream.generate(() -> redis.join(policy)).limit(instances).toList();
		this.fleet.forEach(FleetInstance::breaker);
		await().atMost(Duration.ofSeconds(20)).until(() -> this.fleet.stream().allMatch(FleetInstance::isConnected));
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.fleet.get(instances - 1).sync.fleet().instances().size() >= instances);
	}

	void awaitState(BreakerState state) {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.fleet).allSatisfy((it) -> assertThat(it.state()).isEqualTo(state)));
	}

}
