// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TestRegistry;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ScanOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RedisBreakerSync} on the servers of this machine, alone and as a
 * cluster: put another one on the path to try it.
 */
@Timeout(120)
class InstalledRedisTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final BreakerPolicy policy = TestPolicies.model().halfOpenCalls(1).cooldown(Duration.ofMillis(500)).get();

	private final ClientResources resources = DefaultClientResources.builder()
		.ioThreadPoolSize(2)
		.computationThreadPoolSize(2)
		.build();

	private final List<Runnable> closing = new ArrayList<>();

	private final List<FleetInstance> fleet = new ArrayList<>();

	static List<Path> servers() throws IOException {
		return InstalledRedis.binaries();
	}

	@AfterEach
	void stop() {
		this.resources.shutdown(0, 1, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@MethodSource("servers")
	void instancesShareWhatTheyKnowOverOneServer(Path binary) {
		try (InstalledRedis server = new InstalledRedis(binary)) {
			RedisConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
			shareOver(List.of(configuration, configuration, configuration));
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void whoKnowsMasterAndReplicaFindsTheMaster(Path binary) {
		try (InstalledRedis master = new InstalledRedis(binary);
				InstalledRedis replica = new InstalledRedis(binary, "--replicaof", "127.0.0.1",
						String.valueOf(master.port()))) {
			RedisStaticMasterReplicaConfiguration both = new RedisStaticMasterReplicaConfiguration("127.0.0.1",
					replica.port());
			both.addNode("127.0.0.1", master.port());
			shareOver(List.of(new RedisStandaloneConfiguration("127.0.0.1", master.port()), both, both));
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void whoAsksSentinelIsLedToTheMaster(Path binary) {
		try (InstalledRedis master = new InstalledRedis(binary);
				InstalledRedis sentinel = InstalledRedis.sentinel(binary, "main", master)) {
			RedisConfiguration asked = new RedisSentinelConfiguration("main", Set.of("127.0.0.1:" + sentinel.port()));
			shareOver(List.of(asked, new RedisStandaloneConfiguration("127.0.0.1", master.port()), asked));
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void instancesWithAnotherDriverShareWhatTheyKnow(Path binary) {
		try (InstalledRedis server = new InstalledRedis(binary)) {
			RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
			shareOver(List.of(configuration, configuration, configuration), (way) -> {
				JedisConnectionFactory factory = new JedisConnectionFactory((RedisStandaloneConfiguration) way);
				factory.afterPropertiesSet();
				factory.start();
				this.closing.add(factory::destroy);
				return factory;
			});
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void instancesShareWhatTheyKnowOverWhicheverNodeOfClusterTheyCall(Path binary) {
		try (InstalledCluster cluster = new InstalledCluster(binary, this.resources)) {
			shareOver(List.of(node(cluster.port(0)), node(cluster.port(1)), node(cluster.port(2))));
		}
	}

	private void shareOver(List<RedisConfiguration> ways) {
		shareOver(ways, this::lettuce);
	}

	private void shareOver(List<RedisConfiguration> ways, Function<RedisConfiguration, RedisConnectionFactory> driver) {
		try {
			share(ways.stream().map(driver).toList());
		}
		finally {
			this.fleet.forEach(FleetInstance::close);
			this.closing.forEach(Runnable::run);
		}
	}

	private void share(List<RedisConnectionFactory> ways) {
		ways.subList(0, 2).forEach(this::join);
		await().atMost(SOON).until(() -> this.fleet.get(0).sync.fleet().instances().size() == 2);
		this.fleet.get(0).fail(5);
		await().atMost(SOON).until(() -> this.fleet.get(1).breaker().snapshot().trips() == 1);
		assertThat(this.fleet.get(1).breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
		onlyOneProbes();
		awaitState(BreakerState.CLOSED);
		this.fleet.get(1).forceOpen();
		awaitState(BreakerState.FORCED_OPEN);
		join(ways.get(2));
		assertThat(this.fleet.get(2).tryCall()).isEmpty();
		this.fleet.get(2).breaker().close();
		awaitState(BreakerState.CLOSED);
		assertThat(timesToLive(ways.get(0))).hasSizeGreaterThanOrEqualTo(3).allMatch((seconds) -> seconds > 0);
	}

	private void onlyOneProbes() {
		List<CallPermit> probes = new ArrayList<>();
		await().atMost(SOON).until(() -> {
			this.fleet.forEach((it) -> it.tryCall().ifPresent(probes::add));
			return !probes.isEmpty();
		});
		await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> {
			this.fleet.forEach((it) -> it.tryCall().ifPresent(probes::add));
			return probes.size() == 1;
		});
		probes.get(0).complete(TestRegistry.SUCCESS);
	}

	private RedisConnectionFactory lettuce(RedisConfiguration way) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(way,
				LettuceClientConfiguration.builder()
					.clientResources(this.resources)
					.shutdownTimeout(Duration.ZERO)
					.build());
		factory.afterPropertiesSet();
		factory.start();
		this.closing.add(factory::destroy);
		return factory;
	}

	private void join(RedisConnectionFactory way) {
		FleetInstance instance = new FleetInstance(way, this.policy);
		this.fleet.add(instance);
		instance.breaker();
		await().atMost(SOON).until(instance::isConnected);
	}

	private static List<Long> timesToLive(RedisConnectionFactory factory) {
		try (RedisConnection connection = factory.getConnection()) {
			return connection.keyCommands()
				.scan(ScanOptions.scanOptions().match("llm-breaker:*").build())
				.stream()
				.map((key) -> connection.keyCommands().ttl(key))
				.toList();
		}
	}

	private void awaitState(BreakerState state) {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.fleet).allSatisfy((it) -> assertThat(it.state()).isEqualTo(state)));
	}

	private static RedisConfiguration node(int port) {
		return new RedisClusterConfiguration(List.of("127.0.0.1:" + port));
	}

}
