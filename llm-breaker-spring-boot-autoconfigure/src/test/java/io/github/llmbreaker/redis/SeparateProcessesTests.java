// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RedisBreakerSync} with three virtual machines, which have nothing in
 * common but Redis: no class, no thread, no clock.
 */
@Timeout(180)
class SeparateProcessesTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private InstalledRedis redis;

	private List<FleetProcess> fleet = List.of();

	@BeforeEach
	void start() throws IOException {
		this.redis = new InstalledRedis(InstalledRedis.binaries().get(0));
		this.fleet = Stream.generate(() -> new FleetProcess(this.redis.port())).limit(3).toList();
		awaitAll("3 instances, ");
	}

	@AfterEach
	void stop() {
		this.fleet.forEach(FleetProcess::close);
		this.redis.close();
	}

	@Test
	void whatOneFindsOutAllKnowAndOneProbesForAllAlsoAfterTheFirstProberDied() {
		this.fleet.get(0).tell("fail");
		awaitAll(" 1 trips");
		FleetProcess first = awaitProber(this.fleet);
		first.kill();
		List<FleetProcess> left = this.fleet.stream().filter((it) -> it != first).toList();
		FleetProcess second = awaitProber(left);
		assertThat(second.tell("succeed")).endsWith("CLOSED");
		await().atMost(SOON).until(() -> left.stream().allMatch((it) -> it.tell("look").endsWith("CLOSED")));
		left.get(0).tell("force open");
		await().atMost(SOON).until(() -> left.get(1).tell("look").endsWith("FORCED_OPEN"));
		left.get(1).tell("close");
		await().atMost(SOON).until(() -> left.get(0).tell("look").endsWith("CLOSED"));
		await().atMost(SOON).until(() -> left.get(0).tell("look").startsWith("2 instances"));
	}

	/**
	 * All call until one gets through, and then for a while to see that it is the only
	 * one.
	 */
	private static FleetProcess awaitProber(List<FleetProcess> callers) {
		AtomicReference<FleetProcess> prober = new AtomicReference<>();
		await().atMost(SOON).until(() -> {
			callers.stream().filter((it) -> it.tell("call").contains(" 1 calls")).findFirst().ifPresent(prober::set);
			return prober.get() != null;
		});
		await().during(Duration.ofSeconds(1))
			.atMost(SOON)
			.until(() -> callers.stream().filter((it) -> !it.tell("call").contains(" 0 calls")).count() == 1);
		return prober.get();
	}

	private void awaitAll(String what) {
		await().atMost(SOON).until(() -> this.fleet.stream().allMatch((it) -> it.tell("look").contains(what)));
	}

}
