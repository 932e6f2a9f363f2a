// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a library with its defaults is as well guarded as a client of Spring, in an
 * application that has nothing but some lines of configuration.
 */
class DoorTests {

	private static final String HELLO = "hello";

	private static final List<String> PROPERTIES = List.of("spring.config.name=doors", "spring.ai.openai.api-key=key",
			"spring.ai.openai.chat.model=gpt-4.1", "spring.ai.anthropic.api-key=key",
			"spring.ai.anthropic.chat.model=claude-sonnet-4-5", "spring.ai.google.genai.chat.model=gemini-2.5-flash",
			"spring.ai.ollama.chat.model=llama3:8b", "llm-breaker.defaults.failure-threshold=1000",
			"llm-breaker.provider-defaults.failure-threshold=1000", "logging.level.root=warn",
			"llm-breaker.defaults.retry.max-retries=2", "llm-breaker.defaults.retry.backoff=1ms",
			"llm-breaker.defaults.retry.budget=0", "llm-breaker.defaults.stream-recovery=buffer");

	private static FakeLlmServer server;

	private static ConfigurableApplicationContext context;

	private static ConfigurableApplicationContext auto;

	private static ConfigurableApplicationContext hasty;

	private static ConfigurableApplicationContext handMade;

	private static int sent;

	@BeforeAll
	static void start() {
		server = FakeLlmServer.start();
		List<String> arguments = new ArrayList<>(PROPERTIES);
		arguments.add("server=" + server.url());
		arguments.add("spring.ai.openai.base-url=" + server.url() + Vendor.OPENAI.path());
		arguments.add("spring.ai.anthropic.base-url=" + server.url() + Vendor.ANTHROPIC.path());
		arguments.add("spring.ai.ollama.base-url=" + server.url() + Vendor.OLLAMA.path());
		auto = DoorsApplication.run(arguments, server.url());
		handMade = DoorsApplication.run(arguments, server.url(), HandMadeModels.class);
		for (String limit : List.of("response", "first-token", "idle")) {
			arguments.add("llm-breaker.defaults." + limit + "-timeout=300ms");
		}
		hasty = DoorsApplication.run(arguments, server.url());
	}

	@AfterAll
	static void stop() {
		auto.close();
		handMade.close();
		hasty.close();
		server.close();
	}

	@TestFactory
	Stream<DynamicTest> goodAnswerArrivesAfterOneRequest() {
		return tests((door) -> {
			assertThat(ask(door)).isEqualTo(HELLO);
			assertSeen(1, OutcomeKind.SUCCESS);
		});
	}

	@TestFactory
	Stream<DynamicTest> overloadIsRetriedByThePolicyAlone() {
		return tests((door) -> {
			server.always(FakeAnswer.json(503, "{}"));
			assertThat(catchThrowable(() -> ask(door))).isNotNull();
			assertSeen(3, OutcomeKind.OVERLOADED, OutcomeKind.OVERLOADED, OutcomeKind.OVERLOADED);
		});
	}

	@TestFactory
	Stream<DynamicTest> providerThatFlapsAnswersAfterAll() {
		return tests((door) -> {
			server.enqueue(FakeAnswer.connectionReset(), FakeAnswer.json(500, "{}"));
			assertThat(ask(door)).isEqualTo(HELLO);
			assertSeen(3, OutcomeKind.SERVER_ERROR, OutcomeKind.SERVER_ERROR, OutcomeKind.SUCCESS);
		});
	}

	@TestFactory
	Stream<DynamicTest> longWaitOfTheProviderIsNotWaitedFor() {
		return tests((door) -> {
			server.always(FakeAnswer.json(429, "{}").header("Retry-After", "3600"));
			assertThat(catchThrowable(() -> ask(door))).isNotNull();
			assertSeen(1, OutcomeKind.RATE_LIMITED);
		});
	}

	@TestFactory
	Stream<DynamicTest> silenceIsATimeout() {
		return tests(hasty, Stream.of(Door.ALL), (door) -> {
			server.always(FakeAnswer.silence());
			assertThat(catchThrowable(() -> ask(door))).isNotNull();
			assertTimeout();
		});
	}

	@TestFactory
	Stream<DynamicTest> badRequestIsTheCallersAndSentOnce() {
		return tests((door) -> {
			long failed = snapshot(door).calls().failed();
			server
				.always(FakeAnswer.json(400, "{\"error\":{\"message\":\"no\",\"code\":\"context_length_exceeded\"}}"));
			assertThat(catchThrowable(() -> ask(door))).isNotNull();
			assertThat(requests()).isEqualTo(1);
			assertThat(snapshot(door).calls().failed()).isEqualTo(failed);
		});
	}

	@TestFactory
	Stream<DynamicTest> streamThatIsCutOrReportsAnErrorIsRetriedUnseen() {
		return streams((door) -> {
			List<String> failed = new ArrayList<>(door.vendor().beginning());
			server.enqueue(door.vendor().streamOf(failed).cut());
			failed.add(door.vendor().error());
			server.enqueue(door.vendor().streamOf(failed));
			assertThat(ask(door)).isEqualTo(HELLO);
			assertThat(requests()).isEqualTo(3);
		});
	}

	@TestFactory
	Stream<DynamicTest> brokenEventIsRetriedUnseen() {
		return streams((door) -> {
			List<String> failed = new ArrayList<>(door.vendor().beginning());
			failed.add((door.vendor() == Vendor.OLLAMA) ? "{\"message\":{\n" : "data: {\"candidates\":[{\n\n");
			server.enqueue(door.vendor().streamOf(failed));
			assertThat(ask(door)).isEqualTo(HELLO);
			assertSeen(2, OutcomeKind.STREAM_ERROR, OutcomeKind.SUCCESS);
		});
	}

	@TestFactory
	Stream<DynamicTest> streamThatStallsIsATimeout() {
		return tests(hasty, Stream.of(Door.ALL).filter(Door::stream), (door) -> {
			server.always(door.vendor().streamOf(door.vendor().beginning()).stall());
			assertThat(catchThrowable(() -> ask(door))).isNotNull();
			assertTimeout();
		});
	}

	@TestFactory
	Stream<DynamicTest> rejectionReachesTheCallerAtOnce() {
		return tests((door) -> {
			LlmBreaker breaker = breaker(door);
			long rejected = snapshot(door).calls().rejected();
			breaker.forceOpen(null);
			Throwable failure = catchThrowable(() -> ask(door));
			breaker.close();
			assertThat(failure).as("%s", failure)
				.satisfiesAnyOf((thrown) -> assertThat(thrown).isInstanceOf(LlmCallRejectedException.class),
						(thrown) -> assertThat(thrown).hasRootCauseInstanceOf(LlmCallRejectedException.class));
			assertThat(requests()).isZero();
			assertThat(snapshot(door).calls().rejected()).isEqualTo(rejected + 1);
		});
	}

	private static Stream<DynamicTest> streams(Check check) {
		return tests(Door::stream, check);
	}

	private static Stream<DynamicTest> tests(Check check) {
		return tests((door) -> true, check);
	}

	private static Stream<DynamicTest> tests(Predicate<Door> which, Check check) {
		return Stream.concat(tests(auto, Stream.of(Door.ALL).filter(which), check),
				tests(handMade, Stream.of(Door.HAND_MADE).filter(which), check));
	}

	private static Stream<DynamicTest> tests(ConfigurableApplicationContext application, Stream<Door> doors,
			Check check) {
		return doors.map((door) -> DynamicTest.dynamicTest(door.name(), () -> {
			context = application;
			server.always(door.vendor().good(door.stream(), HELLO));
			sent = server.requestCount();
			context.getBean(DoorsApplication.Outcomes.class).clear();
			check.run(door);
		}));
	}

	private static String ask(Door door) throws Exception {
		return door.ask(context);
	}

	private static LlmBreaker breaker(Door door) {
		context.getBean(BreakerRegistry.class).gate(new LlmTarget(door.vendor().id(), null, door.vendor().model()));
		return context.getBean(LlmBreakers.class).find(door.vendor().breaker()).orElseThrow();
	}

	private static BreakerSnapshot snapshot(Door door) {
		breaker(door);
		return context.getBean(BreakerRegistry.class).find(door.vendor().breaker()).orElseThrow().snapshot();
	}

	private static int requests() {
		return server.requestCount() - sent;
	}

	private static void assertSeen(int requests, OutcomeKind... kinds) {
		assertThat(requests()).isEqualTo(requests);
		DoorsApplication.Outcomes outcomes = context.getBean(DoorsApplication.Outcomes.class);
		Awaitility.await().untilAsserted(() -> assertThat(outcomes.kinds()).containsExactly(kinds));
	}

	/** On a slow machine the limit may be over before the request is there. */
	private static void assertTimeout() {
		assertThat(requests()).isLessThanOrEqualTo(1);
		DoorsApplication.Outcomes outcomes = context.getBean(DoorsApplication.Outcomes.class);
		Awaitility.await().untilAsserted(() -> assertThat(outcomes.kinds()).containsExactly(OutcomeKind.TIMEOUT));
	}

	/**
	 * Tests one door.
	 */
	@FunctionalInterface
	interface Check {

		void run(Door door) throws Exception;

	}

}
