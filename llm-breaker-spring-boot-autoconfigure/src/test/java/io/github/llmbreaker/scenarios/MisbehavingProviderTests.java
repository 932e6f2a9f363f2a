// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.OutcomeKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a call ends well whatever its provider does, through every library, in an
 * application that has some lines of configuration for it.
 */
class MisbehavingProviderTests {

	private static final String FALLBACK = "backup";

	private static final Duration PATIENCE = Duration.ofSeconds(45);

	private static final List<String> PROPERTIES = List.of("spring.config.name=scenarios", "logging.level.root=warn",
			"spring.ai.model.chat=openai", "spring.ai.openai.api-key=key", "spring.ai.openai.chat.model=any",
			"llm-breaker.providers.second.dialect=openai", "llm-breaker.providers.second.api-key=second-key",
			"llm-breaker.provider-defaults.failure-threshold=1000", "llm-breaker.defaults.retry.max-retries=2",
			"llm-breaker.defaults.retry.backoff=1ms", "llm-breaker.defaults.retry.budget=0",
			"llm-breaker.defaults.fallbacks=second:" + FALLBACK, "llm-breaker.defaults.stream-recovery=buffer",
			"llm-breaker.policies.hasty.models=hasty-*", "llm-breaker.policies.hasty.response-timeout=400ms",
			"llm-breaker.policies.hasty.first-token-timeout=400ms", "llm-breaker.policies.hasty.idle-timeout=400ms",
			"llm-breaker.policies.flapping.models=calm-FLAPPING-*", "llm-breaker.policies.flapping.min-cooldown=50ms",
			"llm-breaker.policies.flapping.cooldown=300ms");

	private static final List<Entrance> ENTRANCES = Entrance.all();

	private static final ExecutorService threads = Executors.newCachedThreadPool();

	private static UnreliableProvider provider;

	private static ConfigurableApplicationContext plain;

	private static ConfigurableApplicationContext ownModels;

	@BeforeAll
	static void start() {
		provider = new UnreliableProvider();
		plain = run(ScenarioApplication.class);
		ownModels = run(ScenarioApplication.class, OwnModels.class);
		for (Entrance entrance : ENTRANCES) {
			// what is loaded for a first call takes its time
			assertThat(catchThrowable(() -> entrance.ask(context(entrance), "healthy"))).isNull();
		}
	}

	private static ConfigurableApplicationContext run(Class<?>... sources) {
		List<String> arguments = new ArrayList<>(PROPERTIES);
		arguments.add("spring.ai.openai.base-url=" + provider.url());
		arguments.add("llm-breaker.providers.openai.base-urls=" + provider.url());
		arguments.add("llm-breaker.providers.second.base-urls=" + provider.urlOfTheHealthy());
		return new SpringApplicationBuilder(sources).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		threads.shutdownNow();
		plain.close();
		ownModels.close();
		provider.close();
	}

	/** One scenario through all libraries at once: most of them wait. */
	@TestFactory
	Stream<DynamicContainer> callEndsWellWhateverTheProviderDoes() {
		return Stream.of(Scenario.values()).map((scenario) -> {
			List<DynamicTest> tests = new ArrayList<>();
			for (Entrance entrance : ENTRANCES) {
				if (entrance.isBlindTo(scenario)) {
					continue;
				}
				CompletableFuture<Void> run = CompletableFuture.runAsync(() -> play(scenario, entrance), threads);
				tests.add(DynamicTest.dynamicTest(entrance.name(), () -> await(run)));
			}
			return DynamicContainer.dynamicContainer(scenario.title(), tests);
		});
	}

	@Test
	void fallbackGetsTheRequestAsItWasAndNotAHalfAnswerToGoOnWith() throws Exception {
		for (Entrance entrance : ENTRANCES) {
			entrance.ask(context(entrance), UnreliableProvider.model(Scenario.CUT, 100 + ENTRANCES.indexOf(entrance)));
		}
		assertThat(provider.requestsOfTheHealthy()).isNotEmpty()
			.allSatisfy((request) -> assertThat(request.text()).contains("Hello").doesNotContain("assistant"));
	}

	@Test
	void pageForUsersShowsAllScenarios() throws IOException {
		String page = Files.readString(Path.of("../docs/scenarios.md"));
		assertThat(page.lines().filter((line) -> line.matches("\\| \\d+ \\|.*")))
			.containsExactlyElementsOf(Stream.of(Scenario.values()).map(Scenario::row).toList());
	}

	private static void await(CompletableFuture<Void> run) throws Throwable {
		try {
			run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

	private static void play(Scenario scenario, Entrance entrance) {
		String model = UnreliableProvider.model(scenario, ENTRANCES.indexOf(entrance));
		try {
			if (scenario == Scenario.FLAPPING) {
				playFlapping(entrance, model);
				return;
			}
			ask(scenario.expected(), entrance, model);
			assertThat(provider.requests(model)).isEqualTo(scenario.expected().requests());
			assertOutcomes(scenario.expected(), entrance, model);
		}
		catch (Exception ex) {
			throw new AssertionError("The application has seen an error", ex);
		}
	}

	private static void ask(Expected expected, Entrance entrance, String model) throws Exception {
		if (expected.reason() != null) {
			Throwable failure = catchThrowable(() -> entrance.ask(context(entrance), model));
			assertThat(failure).isNotNull();
			assertThat(text(failure)).contains(expected.reason());
			return;
		}
		String answering = (expected.by() == Expected.By.PRIMARY) ? model : FALLBACK;
		assertThat(entrance.ask(context(entrance), model)).isEqualTo(new Said(Completion.TEXT, answering));
	}

	private static String text(Throwable failure) {
		return (failure instanceof WebClientResponseException answer) ? answer.getResponseBodyAsString()
				: failure.toString();
	}

	/** Each request is a call that the breaker has seen, and seen as what it was. */
	private static void assertOutcomes(Expected expected, Entrance entrance, String model) {
		Set<OutcomeKind> kinds = new HashSet<>(expected.kinds());
		if (expected.by() == Expected.By.PRIMARY) {
			kinds.add(OutcomeKind.SUCCESS);
		}
		ScenarioApplication.Outcomes outcomes = context(entrance).getBean(ScenarioApplication.Outcomes.class);
		Awaitility.await().pollDelay(Duration.ZERO).untilAsserted(() -> {
			if (!entrance.isNested()) {
				assertThat(outcomes.of(model)).hasSize(expected.requests()).isSubsetOf(kinds);
			}
		});
	}

	/** While it is down the fallback answers; once it is back, it is asked again. */
	private static void playFlapping(Entrance entrance, String model) throws Exception {
		for (int i = 0; i < 8; i++) {
			assertThat(entrance.ask(context(entrance), model)).isEqualTo(new Said(Completion.TEXT, FALLBACK));
		}
		LlmBreaker breaker = context(entrance).getBean(LlmBreakers.class).find("openai:" + model).orElseThrow();
		if (!entrance.isNested()) {
			assertThat(breaker.state()).isNotEqualTo(BreakerState.CLOSED);
			assertThat(provider.requests(model)).isLessThan(8 * 3);
		}
		provider.recover(model);
		Awaitility.await().atMost(PATIENCE).until(() -> {
			Said said = entrance.ask(context(entrance), model);
			assertThat(said.text()).isEqualTo(Completion.TEXT);
			return said.model().equals(model) && breaker.state() == BreakerState.CLOSED;
		});
	}

	private static ConfigurableApplicationContext context(Entrance entrance) {
		return entrance.isOfOwnModel() ? ownModels : plain;
	}

}
