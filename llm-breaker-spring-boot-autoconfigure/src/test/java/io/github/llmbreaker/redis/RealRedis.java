// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.llmbreaker.breaker.BreakerPolicy;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.awaitility.Awaitility.await;

/**
 * A Redis of one test, and the instances of an application that share it.
 */
final class RealRedis implements AutoCloseable {

	/** Within 10 s, says the promise; the rest is for a busy machine. */
	static final Duration REJOINED = Duration.ofSeconds(25);

	private final ClientResources resources = DefaultClientResources.builder()
		.ioThreadPoolSize(2)
		.computationThreadPoolSize(2)
		.build();

	private final int port = freePort();

	private final List<LettuceConnectionFactory> factories = new ArrayList<>();

	private final List<FleetInstance> instances = new ArrayList<>();

	private RedisServer server = start(this.port);

	int port() {
		return this.port;
	}

	LettuceConnectionFactory factory(int atPort) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", atPort),
				LettuceClientConfiguration.builder()
					.clientResources(this.resources)
					.shutdownTimeout(Duration.ZERO)
					.build());
		factory.afterPropertiesSet();
		factory.start();
		this.factories.add(factory);
		return factory;
	}

	/** Returns one more instance of the application. */
	FleetInstance join(BreakerPolicy policy) {
		return join(policy, this.port);
	}

	FleetInstance join(BreakerPolicy policy, int atPort) {
		FleetInstance instance = new FleetInstance(factory(atPort), policy);
		this.instances.add(instance);
		return instance;
	}

	/** Returns one more instance, once it is part of the fleet. */
	FleetInstance joined(BreakerPolicy policy, int atPort) {
		FleetInstance instance = join(policy, atPort);
		instance.breaker();
		await().atMost(REJOINED).until(instance::isConnected);
		return instance;
	}

	<T> T call(Function<RedisConnection, T> call) {
		try (RedisConnection connection = factory(this.port).getConnection()) {
			return call.apply(connection);
		}
	}

	/** Returns the times to live of all keys, in seconds. */
	List<Long> timesToLive() {
		return call((it) -> it.keyCommands()
			.keys("llm-breaker:*".getBytes())
			.stream()
			.map((key) -> it.keyCommands().ttl(key))
			.toList());
	}

	/** Returns how many scripts have run so far. */
	long scripts() {
		Properties stats = call((it) -> it.serverCommands().info("commandstats"));
		return Stream.of("cmdstat_eval", "cmdstat_evalsha")
			.map((name) -> Objects.toString(stats.get(name), "calls=0,"))
			.mapToLong((stat) -> Long.parseLong(stat.substring("calls=".length(), stat.indexOf(','))))
			.sum();
	}

	void flush() {
		call((it) -> {
			it.serverCommands().flushAll();
			return true;
		});
	}

	/** Does nothing at all for a while. */
	void sleep(Duration duration) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write(("DEBUG SLEEP " + duration.toSeconds() + "\r\n").getBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Answers nothing for a while. */
	void pause(Duration duration) {
		call((it) -> it.execute("CLIENT", "PAUSE".getBytes(), String.valueOf(duration.toMillis()).getBytes()));
	}

	void kill() {
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Starts again, with nothing in it. */
	void restart() {
		this.server = start(this.port);
	}

	@Override
	public void close() {
		this.instances.forEach(FleetInstance::close);
		this.factories.forEach(LettuceConnectionFactory::destroy);
		this.resources.shutdown(0, 1, TimeUnit.SECONDS);
		kill();
	}

	private static RedisServer start(int port) {
		try {
			RedisServer server = RedisServer.newRedisServer()
				.port(port)
				.bind("127.0.0.1")
				.setting("save \"\"")
				.setting("appendonly no")
				.build();
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
