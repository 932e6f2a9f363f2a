// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.llmbreaker.contract.ContractClient.Recovery;
import io.github.llmbreaker.contract.Seen.End;
import io.github.llmbreaker.testing.FakeAnswer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the calls of every client follow policies that change while the application
 * runs, and that a bad change changes nothing.
 */
class ChangedPolicyContractTests {

	private static final String POLICY = "llm-breaker.policies.changing.";

	private static ContractApplication application;

	private static int number;

	@BeforeAll
	static void start() {
		application = new ContractApplication(Map.of("unused.models", "unused"));
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@TestFactory
	Stream<DynamicTest> lowerThresholdOpensWithTheNextFailure() {
		return tests(Recovery.NONE, (client, model) -> {
			fail(client, model, 2);
			assertThat(ask(client, model).end()).as("not open yet").isEqualTo(End.ANSWER);
			fail(client, model, 2);
			change("failure-threshold", "3", "window", "0s", "cooldown", "1h", "max-cooldown", "2h");
			fail(client, model, 1);
			assertThat(ask(client, model).end()).isEqualTo(End.REJECTED);
			assertThat(application.breaker("openai", model).remainingCooldown()).isGreaterThan(Duration.ofMinutes(50));
		});
	}

	@TestFactory
	Stream<DynamicTest> fallbacksThatAreAddedAreTaken() {
		return tests(Recovery.ALL, (client, model) -> {
			fail(client, model, 1);
			change("fallbacks", "substitute");
			script(model, FakeAnswer.json(503, "{}"));
			assertThat(ask(client, model).end()).isEqualTo(End.ANSWER);
			change("fallbacks", "");
			fail(client, model, 1);
		});
	}

	@TestFactory
	Stream<DynamicTest> retriesThatAreAddedAreMade() {
		return tests(Recovery.RETRIES, (client, model) -> {
			change("retry.max-retries", "1", "retry.backoff", "1ms", "retry.budget", "0");
			script(model, FakeAnswer.json(503, "{}"));
			assertThat(ask(client, model).end()).isEqualTo(End.ANSWER);
			assertThat(application.first().requests(model)).isEqualTo(2);
		});
	}

	@TestFactory
	Stream<DynamicTest> badChangeChangesNothing() {
		return tests(Recovery.NONE, (client, model) -> {
			fail(client, model, 1);
			change("failure-threshold", "1", "cooldown", "-1s");
			fail(client, model, 1);
			assertThat(ask(client, model).end()).isEqualTo(End.ANSWER);
		});
	}

	private static Stream<DynamicTest> tests(Recovery needed, Check check) {
		return application.clients()
			.stream()
			.filter((client) -> client.recovery().compareTo(needed) >= 0)
			.map((client) -> DynamicTest.dynamicTest(client.name(), () -> {
				try {
					check.run(client, "changing." + ++number);
				}
				finally {
					application.change(Map.of());
				}
			}));
	}

	private static void change(String... properties) {
		Map<String, Object> changed = new LinkedHashMap<>(Map.of(POLICY + "models", "changing.*"));
		for (int i = 0; i < properties.length; i += 2) {
			changed.put(POLICY + properties[i], properties[i + 1]);
		}
		application.change(changed);
	}

	private static void fail(ContractClient client, String model, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			script(model, FakeAnswer.json(503, "{}"));
			assertThat(ask(client, model).end()).isNotIn(End.ANSWER, End.REJECTED);
		}
	}

	private static void script(String model, FakeAnswer... answers) {
		application.first().script(model, List.of(answers), new CompletableFuture<>());
	}

	private static Seen ask(ContractClient client, String model) throws Exception {
		return client.ask(Ask.of("openai", model, false));
	}

	/**
	 * A test of one client with a model of its own.
	 */
	@FunctionalInterface
	private interface Check {

		void run(ContractClient client, String model) throws Exception;

	}

}
