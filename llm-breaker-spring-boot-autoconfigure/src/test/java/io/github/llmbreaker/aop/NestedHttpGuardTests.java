// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.autoconfigure.LlmBreakerRestClientAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerWebClientAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of guarded methods that use guarded HTTP clients, over real HTTP.
 */
class NestedHttpGuardTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String GPT = "openai:gpt-4.1";

	private static final FakeAnswer ANSWER = FakeAnswer.json(200,
			"{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}");

	private static final FakeAnswer OVERLOADED = FakeAnswer.json(503, "{\"error\":{\"message\":\"busy\"}}");

	private final FakeLlmServer server = FakeLlmServer.start();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	@DisplayName("half-open with one place works nested: RestClient, WebClient blocked, WebClient reactive, stream")
	void halfOpenWithOnePlace() {
		this.server.always(ANSWER);
		run((context, assistant) -> {
			probe(context, () -> assistant.rest("gpt-4.1"));
			probe(context, () -> assistant.blocked("gpt-4.1"));
			probe(context, () -> assistant.reactive("gpt-4.1").block(LIMIT));
			probe(context, () -> assistant.stream("gpt-4.1").blockLast(LIMIT));
			assertThat(GuardedContext.calls(context, GPT).rejected()).isZero();
		});
	}

	@Test
	@DisplayName("one outcome, and the innermost knowledge wins over what the method makes of it")
	void innermostKnowledgeWins() {
		this.server.always(OVERLOADED);
		run((context, assistant) -> {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> assistant.hiding("gpt-4.1"));
			BreakerSnapshot.Calls calls = GuardedContext.calls(context, GPT);
			assertThat(calls.failed()).isEqualTo(1);
			assertThat(calls.neutral()).isZero();
			StepVerifier.create(assistant.reactive("gpt-4.1")).expectError().verify(LIMIT);
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(2);
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.OPEN);
			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	@Test
	@DisplayName("retries of method and client are those of the policy, not their product")
	void retriesAreNotMultiplied() {
		this.server.always(OVERLOADED);
		runner()
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=2", "llm-breaker.defaults.failure-threshold=50")
			.run((context) -> {
				Assistant assistant = context.getBean(Assistant.class);
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> assistant.rest("gpt-4.1"));
				assertThat(this.server.requestCount()).isEqualTo(3);
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> assistant.blocked("gpt-4.1"));
				assertThat(this.server.requestCount()).isLessThanOrEqualTo(6);
			});
	}

	@Test
	@DisplayName("a fallback model is called through the same client")
	void fallbackModelThroughTheClient() {
		this.server.always((request) -> request.text().contains("gpt-4.1-mini") ? ANSWER : OVERLOADED);
		run((context, assistant) -> {
			assertThat(assistant.withFallback("gpt-4.1")).contains("hi");
			assertThat(this.server.requestCount()).isEqualTo(2);
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
			assertThat(GuardedContext.calls(context, "openai:gpt-4.1-mini").succeeded()).isEqualTo(1);
		});
	}

	private void run(BiConsumer<AssertableApplicationContext, Assistant> test) {
		runner().run((context) -> test.accept(context, context.getBean(Assistant.class)));
	}

	private ApplicationContextRunner runner() {
		return GuardedContext.runner(Assistant.class)
			.withConfiguration(
					AutoConfigurations.of(RestClientAutoConfiguration.class, WebClientAutoConfiguration.class,
							LlmBreakerRestClientAutoConfiguration.class, LlmBreakerWebClientAutoConfiguration.class))
			.withPropertyValues("llm-breaker.providers.openai.base-urls=" + this.server.url() + "/v1",
					"test.url=" + this.server.url());
	}

	private static void probe(AssertableApplicationContext context, Runnable call) {
		if (context.getBean(LlmBreakers.class).find(GPT).isEmpty()) {
			GuardedContext.open(context, "openai", "gpt-4.1");
		}
		context.getBean(LlmBreakers.class).find(GPT).orElseThrow().halfOpen();
		call.run();
		assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
	}

	static class Assistant {

		private static final String PATH = "/v1/chat/completions";

		private final RestClient restClient;

		private final WebClient webClient;

		Assistant(RestClient.Builder restClient, WebClient.Builder webClient, Environment environment) {
			String url = environment.getRequiredProperty("test.url");
			this.restClient = restClient.baseUrl(url).build();
			this.webClient = webClient.baseUrl(url).build();
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public String rest(String model) {
			return this.restClient.post().uri(PATH).body(Map.of("model", model)).retrieve().body(String.class);
		}

		@LlmGuarded(provider = "openai", model = "#model", fallbackModels = "gpt-4.1-mini")
		public String withFallback(String model) {
			return rest(model);
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public String hiding(String model) {
			try {
				return rest(model);
			}
			catch (RuntimeException ex) {
				throw new IllegalStateException("no answer today");
			}
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public String blocked(String model) {
			return mono(model).block(LIMIT);
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public Mono<String> reactive(String model) {
			return mono(model);
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public Flux<String> stream(String model) {
			return mono(model).flux();
		}

		private Mono<String> mono(String model) {
			return this.webClient.post()
				.uri(PATH)
				.bodyValue(Map.of("model", model))
				.retrieve()
				.bodyToMono(String.class);
		}

	}

}
