// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.doors.DoorsApplication.Outcomes;
import io.github.llmbreaker.test.LlmBreakersTester;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Has models fail on demand behind everything that calls them. Where the providers are
 * said to be nobody listens.
 */
class LlmBreakersTesterTests {

	private static final String NOBODY = "http://127.0.0.1:1";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Door[] CLIENTS = {
			new Door("RestClient", Vendor.OPENAI, false, (context) -> askByRestClient(context, false)),
			new Door("RestClient, stream", Vendor.OPENAI, true, (context) -> askByRestClient(context, true)),
			new Door("WebClient", Vendor.OPENAI, false, (context) -> askByWebClient(context, false)),
			new Door("WebClient, stream", Vendor.OPENAI, true, (context) -> askByWebClient(context, true)),
			new Door("LangChain4j", Vendor.OPENAI, false, LlmBreakersTesterTests::askByLangChain) };

	private static ConfigurableApplicationContext context;

	private static LlmBreakersTester tester;

	@BeforeAll
	static void start() {
		List<String> arguments = new ArrayList<>(List.of("spring.config.name=doors", "spring.ai.openai.api-key=key",
				"spring.ai.openai.chat.model=gpt-4.1", "spring.ai.anthropic.api-key=key",
				"spring.ai.anthropic.chat.model=claude-sonnet-4-5",
				"spring.ai.google.genai.chat.model=gemini-2.5-flash", "spring.ai.ollama.chat.model=llama3:8b",
				"spring.ai.retry.max-attempts=0", "spring.ai.openai.max-retries=0", "spring.ai.anthropic.max-retries=0",
				"logging.level.root=warn", "llm-breaker.defaults.failure-threshold=3", "llm-breaker.defaults.window=0s",
				"llm-breaker.policies.patient.models=none", "llm-breaker.policies.patient.retry.max-retries=1"));
		arguments.add("server=" + NOBODY);
		arguments.add("spring.ai.openai.base-url=" + NOBODY + Vendor.OPENAI.path());
		arguments.add("spring.ai.anthropic.base-url=" + NOBODY + Vendor.ANTHROPIC.path());
		arguments.add("spring.ai.ollama.base-url=" + NOBODY + Vendor.OLLAMA.path());
		context = DoorsApplication.run(arguments, NOBODY, LlmBreakersTester.class);
		tester = context.getBean(LlmBreakersTester.class);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void forget() {
		context.getBean(Outcomes.class).clear();
	}

	@AfterEach
	void closeAll() {
		tester.closeAll();
		Stream.of(Vendor.values()).forEach((vendor) -> tester.close(target(vendor)));
	}

	@TestFactory
	Stream<DynamicTest> overloadedModelIsGivenUpByTheRealClient() {
		return tests(true, (door, target) -> {
			tester.answer(target, 529);
			while (tester.breaker(target).state() != BreakerState.OPEN) {
				assertThat(catchThrowable(() -> door.ask(context))).isNotNull();
				assertThat(tester.requests(target)).isPositive().isLessThan(20);
			}
			int requests = tester.requests(target);
			assertThat(catchThrowable(() -> door.ask(context))).satisfies(LlmBreakersTesterTests::isRejection);
			assertThat(tester.requests(target)).isEqualTo(requests);
			assertThat(kinds(requests)).containsOnly(OutcomeKind.OVERLOADED);
		});
	}

	@TestFactory
	Stream<DynamicTest> streamIsCutAfterItsFirstWords() {
		return tests(false, (door, target) -> {
			tester.cutStream(target);
			assertThat(catchThrowable(() -> door.ask(context))).isNotNull();
			assertThat(kinds(tester.requests(target))).isNotEmpty().containsOnly(OutcomeKind.STREAM_ERROR);
		});
	}

	@Test
	void waitThatTheAnswerAsksForIsKept() {
		LlmTarget target = target(Vendor.OPENAI);
		tester.answer(target, 429, Map.of("Retry-After", "120"), "{}");
		for (int i = 0; i < 3; i++) {
			assertThat(catchThrowable(() -> askByRestClient(context, false))).isNotNull();
		}
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> askByRestClient(context, false))
			.satisfies(
					(ex) -> assertThat(ex.getRetryAfter()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120)));
		assertThat(kinds(3)).containsOnly(OutcomeKind.RATE_LIMITED);
	}

	@Test
	void goodAnswerIsPlayedToo() {
		tester.answer(target(Vendor.OPENAI), 200, Map.of(), Vendor.OPENAI.document("Hello"));
		assertThat(askByRestClient(context, false)).contains("Hello");
		assertThat(askByWebClient(context, false)).contains("Hello");
		assertThat(askByLangChain(context)).isEqualTo("Hello");
		assertThat(tester.requests(target(Vendor.OPENAI))).isEqualTo(3);
		assertThat(kinds(3)).containsOnly(OutcomeKind.SUCCESS);
	}

	@Test
	void onlyTheModelThatWasNamedIsPlayed() {
		tester.answer(LlmTarget.of("openai", "gpt-4.1-mini"), 529);
		assertThat(catchThrowable(() -> askByRestClient(context, false))).hasMessageContaining("I/O error");
		assertThat(tester.requests(LlmTarget.of("openai", "gpt-4.1-mini"))).isZero();
		assertThat(kinds(1)).containsOnly(OutcomeKind.CONNECT_ERROR);
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> tester.answer(LlmTarget.of("nobody", "gpt-4.1"), 529))
			.withMessageContaining("nobody");
		assertThatIllegalArgumentException().isThrownBy(() -> tester.answer(target(Vendor.OPENAI), 200))
			.withMessageContaining("body");
		assertThatIllegalArgumentException().isThrownBy(() -> tester.answer(target(Vendor.OPENAI), 600))
			.withMessageContaining("600");
		assertThatIllegalArgumentException().isThrownBy(() -> tester.cutStream(LlmTarget.of("cohere", "command-r")))
			.withMessageContaining("cohere");
	}

	private static Stream<DynamicTest> tests(boolean all, Asking asking) {
		return Stream.concat(Arrays.stream(CLIENTS), Arrays.stream(Door.ALL))
			.filter((door) -> all || (door.stream() && door.vendor() != Vendor.OLLAMA))
			.map((door) -> DynamicTest.dynamicTest(door.toString(), () -> {
				LlmTarget target = target(door.vendor());
				tester.close(target);
				context.getBean(Outcomes.class).clear();
				asking.ask(door, target);
			}));
	}

	/** Listeners hear of a call a little later. */
	private static List<OutcomeKind> kinds(int number) {
		Outcomes outcomes = context.getBean(Outcomes.class);
		Awaitility.await().atMost(PATIENCE).until(() -> outcomes.kinds().size() >= number);
		return outcomes.kinds();
	}

	private static LlmTarget target(Vendor vendor) {
		return LlmTarget.of(vendor.id(), vendor.model());
	}

	private static void isRejection(Throwable failure) {
		assertThat(Stream.iterate(failure, Objects::nonNull, Throwable::getCause))
			.hasAtLeastOneElementOfType(LlmCallRejectedException.class);
	}

	private static String askByRestClient(ApplicationContext context, boolean stream) {
		return String.valueOf(context.getBean(RestClient.Builder.class)
			.build()
			.post()
			.uri(NOBODY + Vendor.OPENAI.path() + "/chat/completions")
			.body(Map.of("model", Vendor.OPENAI.model(), "stream", stream))
			.retrieve()
			.body(String.class));
	}

	private static String askByWebClient(ApplicationContext context, boolean stream) {
		return String.valueOf(context.getBean(WebClient.Builder.class)
			.build()
			.post()
			.uri(NOBODY + Vendor.OPENAI.path() + "/chat/completions")
			.bodyValue(Map.of("model", Vendor.OPENAI.model(), "stream", stream))
			.retrieve()
			.bodyToFlux(String.class)
			.collectList()
			.block(PATIENCE));
	}

	private static String askByLangChain(ApplicationContext context) {
		return OpenAiChatModel.builder()
			.baseUrl(NOBODY + Vendor.OPENAI.path())
			.apiKey("key")
			.modelName(Vendor.OPENAI.model())
			.maxRetries(0)
			.build()
			.chat("Hello");
	}

	/**
	 * Asks a model that has been told how to answer.
	 */
	private interface Asking {

		void ask(Door door, LlmTarget target) throws Exception;

	}

}
