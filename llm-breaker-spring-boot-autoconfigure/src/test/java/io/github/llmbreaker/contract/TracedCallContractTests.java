// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import brave.handler.MutableSpan;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.contract.ContractClient.Recovery;
import io.github.llmbreaker.contract.Seen.End;
import io.github.llmbreaker.testing.FakeAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each guarded call is one span of the trace that it is made in, on every
 * client: with its retries, fallbacks and rejections, and until its answer has been read.
 */
class TracedCallContractTests {

	private static final String AROUND = "request";

	private static ContractApplication application;

	private static int number;

	@BeforeAll
	static void start() {
		Map<String, String> policies = new LinkedHashMap<>();
		policies.put("again.models", "again.*");
		policies.put("again.retry.max-retries", "2");
		policies.put("again.retry.backoff", "1ms");
		policies.put("again.retry.budget", "0");
		policies.put("instead.models", "instead.*");
		policies.put("instead.fallbacks", "substitute");
		policies.put("limited.models", "limited.*");
		policies.put("limited.total-timeout", "1m");
		application = new ContractApplication(policies);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@TestFactory
	Stream<DynamicTest> goodAnswerIsOneSpan() {
		return tests(Recovery.NONE, "plain", (client, ask) -> {
			assertThat(ask(client, ask).end()).isEqualTo(End.ANSWER);
			MutableSpan span = spanOf(ask);
			assertTags(span, "success", "closed", 1, "none");
			assertThat(span.tag("status")).isIn("200", null);
			assertThat(span.error()).isNull();
			assertThat(span.annotations()).isEmpty();
		});
	}

	@TestFactory
	Stream<DynamicTest> callWithTimeLimitsIsOneSpan() {
		return tests(Recovery.NONE, "limited", (client, ask) -> {
			assertThat(ask(client, ask).end()).isEqualTo(End.ANSWER);
			assertTags(spanOf(ask), "success", "closed", 1, "none");
		});
	}

	@TestFactory
	Stream<DynamicTest> failureIsAnErrorWithoutWhatWasSaid() {
		return tests(Recovery.NONE, "plain", (client, ask) -> {
			script(ask, FakeAnswer.json(503, "{\"error\":{\"message\":\"secret\"}}"));
			assertThat(ask(client, ask).end()).isNotEqualTo(End.ANSWER);
			MutableSpan span = spanOf(ask);
			assertTags(span, "overloaded", "closed", 1, "none");
			assertThat(span.error()).isNotNull();
			assertThat(span.error()).hasMessageContaining("OVERLOADED").hasNoCause();
			assertThat(span.toString()).doesNotContain("secret");
		});
	}

	@TestFactory
	Stream<DynamicTest> retriesAreEventsOfTheSpan() {
		return tests(Recovery.RETRIES, "again", (client, ask) -> {
			script(ask, FakeAnswer.json(503, "{}"), FakeAnswer.json(500, "{}"));
			assertThat(ask(client, ask).end()).isEqualTo(End.ANSWER);
			MutableSpan span = spanOf(ask);
			assertTags(span, "success", "closed", 3, "none");
			assertThat(span.error()).isNull();
			assertThat(events(span)).hasSize(2)
				.allSatisfy((event) -> assertThat(event).startsWith("openai:" + ask.model() + " failed with ")
					.contains("; retry in "));
		});
	}

	@TestFactory
	Stream<DynamicTest> callThatFailsInSpiteOfRetriesIsOneSpan() {
		return tests(Recovery.RETRIES, "again", (client, ask) -> {
			script(ask, FakeAnswer.json(503, "{}"), FakeAnswer.json(503, "{}"), FakeAnswer.json(503, "{}"));
			assertThat(ask(client, ask).end()).isNotEqualTo(End.ANSWER);
			MutableSpan span = spanOf(ask);
			assertTags(span, "overloaded", "closed", 3, "none");
			assertThat(span.error()).isNotNull();
		});
	}

	@TestFactory
	Stream<DynamicTest> fallbackIsAnEventOfTheSpan() {
		return tests(Recovery.ALL, "instead", (client, ask) -> {
			script(ask, FakeAnswer.json(503, "{}"));
			assertThat(ask(client, ask).end()).isEqualTo(End.ANSWER);
			MutableSpan span = spanOf(ask);
			assertTags(span, "success", "closed", 2, "openai:substitute");
			assertThat(events(span)).containsExactly("Fallback to openai:substitute");
		});
	}

	@TestFactory
	Stream<DynamicTest> rejectedCallIsASpanWithTheRejection() {
		return tests(Recovery.NONE, "plain", (client, ask) -> {
			application.breaker("openai", ask.model()).forceOpen(null);
			assertThat(ask(client, ask).end()).isEqualTo(End.REJECTED);
			MutableSpan span = spanOf(ask);
			assertTags(span, "rejected", "forced_open", 0, "none");
			assertThat(span.error()).isInstanceOf(LlmCallRejectedException.class);
			assertThat(events(span)).containsExactly("Circuit breaker 'openai:" + ask.model() + "' is forced open");
		});
	}

	@TestFactory
	Stream<DynamicTest> rejectedCallThatIsReroutedIsOneSpan() {
		return tests(Recovery.ALL, "instead", (client, ask) -> {
			application.breaker("openai", ask.model()).forceOpen(null);
			assertThat(ask(client, ask).end()).isEqualTo(End.ANSWER);
			MutableSpan span = spanOf(ask);
			assertTags(span, "success", "forced_open", 1, "openai:substitute");
			assertThat(span.error()).isNull();
			assertThat(events(span)).hasSize(2).last().isEqualTo("Fallback to openai:substitute");
		});
	}

	@TestFactory
	Stream<DynamicTest> callerWhoLeavesEndsTheSpan() {
		return application.clients()
			.stream()
			.map((client) -> ContractTest.of(client, reasonAgainstLeaving(client), () -> {
				Ask ask = ask("plain", false).read(Reading.NOTHING, 0);
				application.first().script(ask.model(), List.of(FakeAnswer.silence()), ask.arrived());
				ask(client, ask);
				assertThat(spanOf(ask).tag("attempts")).isEqualTo("1");
			}));
	}

	private static @Nullable String reasonAgainstLeaving(ContractClient client) {
		if (!client.readings().contains(Reading.NOTHING) || client.is(Trait.LANGCHAIN4J)) {
			return "its caller can't leave";
		}
		return client.is(Trait.URL_CONNECTION) ? "nothing interrupts it" : null;
	}

	private static Ask ask(String policy, boolean stream) {
		return Ask.of("openai", policy + "." + ++number, stream);
	}

	private static Stream<DynamicTest> tests(Recovery needed, String policy, Check check) {
		return application.clients()
			.stream()
			.filter((client) -> client.recovery().compareTo(needed) >= 0)
			.map((client) -> DynamicTest.dynamicTest(client.name(), () -> {
				for (boolean stream : new boolean[] { false, true }) {
					check.run(client, ask(policy, stream));
				}
			}));
	}

	private static void script(Ask ask, FakeAnswer... answers) {
		application.first().script(ask.model(), List.of(answers), new CompletableFuture<>());
	}

	private static Seen ask(ContractClient client, Ask ask) throws Exception {
		return application.observe(AROUND, () -> client.ask(ask));
	}

	/** The only one, inside of what the call was made in. */
	private static MutableSpan spanOf(Ask ask) {
		List<MutableSpan> spans = application.spans()
			.await((span) -> ("openai:" + ask.model()).equals(span.tag("target")), 1);
		assertThat(spans).as("%s", ask).hasSize(1);
		MutableSpan span = spans.get(0);
		assertThat(application.spans().around(span)).as("%s", ask).last().isEqualTo(AROUND);
		assertThat(span.name()).isEqualTo("llm.call openai:" + ask.model());
		return span;
	}

	private static List<String> events(MutableSpan span) {
		return span.annotations().stream().map(Map.Entry::getValue).toList();
	}

	private static void assertTags(MutableSpan span, String outcome, String state, int attempts, String fallback) {
		assertThat(span.tags()).as("%s", span)
			.containsEntry("provider", "openai")
			.containsKeys("endpoint", "model")
			.containsEntry("outcome", outcome)
			.containsEntry("state", state)
			.containsEntry("attempts", String.valueOf(attempts))
			.containsEntry("fallback", fallback);
	}

	/**
	 * A test of one client.
	 */
	@FunctionalInterface
	private interface Check {

		void run(ContractClient client, Ask ask) throws Exception;

	}

}
