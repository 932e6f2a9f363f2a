// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TestRegistry;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * An instance in a virtual machine of its own, which does what it is told line by line
 * and answers each line with one.
 */
final class FleetProcess implements AutoCloseable {

	private static final String ANSWER = "answer: ";

	private final Process process;

	private final BufferedReader answers;

	private final PrintStream orders;

	FleetProcess(int redis) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-Xmx128m", FleetProcess.class.getName(), String.valueOf(redis)));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		try {
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.answers = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		this.orders = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	/** What the other virtual machine runs. */
	public static void main(String... args) throws IOException {
		LettuceConnectionFactory redis = new LettuceConnectionFactory("127.0.0.1", Integer.parseInt(args[0]));
		redis.afterPropertiesSet();
		redis.start();
		try (FleetInstance instance = new FleetInstance(redis,
				TestPolicies.model().halfOpenCalls(1).cooldown(Duration.ofMillis(500)).get())) {
			instance.breaker();
			Orders orders = new Orders(instance);
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String order = in.readLine(); order != null; order = in.readLine()) {
				System.out.println(ANSWER + orders.follow(order));
			}
		}
		System.exit(0);
	}

	/** Tells what to do and returns the answer. */
	String tell(String order) {
		this.orders.println(order);
		StringBuilder log = new StringBuilder();
		try {
			for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
				if (line.startsWith(ANSWER)) {
					return line.substring(ANSWER.length());
				}
				log.append(line).append(System.lineSeparator());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("No answer to '" + order + "': " + log);
	}

	/** Ends it without a chance to say so. */
	void kill() {
		this.process.destroyForcibly();
	}

	@Override
	public void close() {
		kill();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Follows orders.
	 */
	private static final class Orders {

		private final FleetInstance instance;

		private final List<CallPermit> calls = new ArrayList<>();

		Orders(FleetInstance instance) {
			this.instance = instance;
		}

		String follow(String order) {
			switch (order) {
				case "fail" -> this.instance.fail(5);
				case "force open" -> this.instance.forceOpen();
				case "close" -> this.instance.breaker().close();
				case "call" -> this.instance.tryCall().ifPresent(this.calls::add);
				case "succeed" -> this.calls.remove(0).complete(TestRegistry.SUCCESS);
				case "look" -> {
				}
				default -> throw new IllegalArgumentException(order);
			}
			return this.instance.sync.fleet().instances().size() + " instances, " + this.calls.size() + " calls, "
					+ this.instance.breaker().snapshot().trips() + " trips, " + this.instance.state();
		}

	}

}
