// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerRestClientAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerSpringAiAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerWebClientAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that models are guarded which the application has built without the builders of
 * Spring Boot.
 */
class HandMadeClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class,
						LlmBreakerWebClientAutoConfiguration.class, LlmBreakerSpringAiAutoConfiguration.class,
						RestClientAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withUserConfiguration(Ollama.class)
		.withPropertyValues("server=" + this.server.url() + Vendor.OLLAMA.path(),
				"llm-breaker.providers.ollama.base-urls=" + this.server.url() + Vendor.OLLAMA.path(),
				"llm-breaker.defaults.failure-threshold=1000", "llm-breaker.defaults.retry.max-retries=1",
				"llm-breaker.defaults.retry.backoff=1ms", "llm-breaker.defaults.retry.budget=0");

	@BeforeEach
	void failOnce() {
		this.server.enqueue(FakeAnswer.json(503, "{}"))
			.always((request) -> request.path().endsWith("/embed")
					? FakeAnswer.json(200, "{\"model\":\"bge-m3\",\"embeddings\":[[0.5,0.25]]}")
					: Vendor.OLLAMA.good(request.text().contains("\"stream\":true"), "hello"));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void callsAreRetriedAndRejected() {
		this.runner.run((context) -> {
			assertThat(context.getBean(ChatModel.class).call("Hello")).isEqualTo("hello");
			assertThat(this.server.requestCount()).isEqualTo(2);
			open(context, "llama3:8b");
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> context.getBean(ChatModel.class).call("Hello"));
			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	@Test
	void retriesOfTheLibraryGiveWayToThoseOfAPolicy() {
		this.server.always(FakeAnswer.json(503, "{}"));
		this.runner.run((context) -> {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(ChatModel.class).call("Hello"));
			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	@Test
	void streamsAreRetriedAndRejected() {
		this.runner.run((context) -> {
			OllamaChatModel model = context.getBean(OllamaChatModel.class);
			assertThat(model.stream("Hello").collectList().block(PATIENCE)).contains("hello");
			assertThat(this.server.requestCount()).isEqualTo(2);
			open(context, "llama3:8b");
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> model.stream(new Prompt("Hello")).blockLast(PATIENCE));
		});
	}

	@Test
	void embeddingsAreRetriedAndRejected() {
		this.runner.run((context) -> {
			OllamaEmbeddingModel model = context.getBean(OllamaEmbeddingModel.class);
			assertThat(model.embed("Hello")).containsExactly(0.5f, 0.25f);
			assertThat(this.server.requestCount()).isEqualTo(2);
			open(context, "bge-m3");
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> model.embed("Hello"));
		});
	}

	@Test
	void clientsThatAreGuardedAlreadyAreGuardedOnce() {
		this.runner.withPropertyValues("boot=true").run((context) -> {
			this.server.always(FakeAnswer.json(503, "{}"));
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(OllamaEmbeddingModel.class).embed("Hello"));
			assertThat(this.server.requestCount()).isEqualTo(2);
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(ChatModel.class).stream(new Prompt("Hello")).blockLast(PATIENCE));
			assertThat(this.server.requestCount()).isEqualTo(4);
		});
	}

	@Test
	void clientsAreLeftAloneWhereTheirKindIs() {
		this.server.always(FakeAnswer.json(503, "{}"));
		this.runner.withPropertyValues("llm-breaker.restclient.enabled=false").run((context) -> {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(OllamaEmbeddingModel.class).embed("Hello"));
			assertThat(context.getBean(LlmBreakers.class).all()).isEmpty();
		});
		this.runner.withPropertyValues("llm-breaker.spring-ai.enabled=false").run((context) -> {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(OllamaEmbeddingModel.class).embed("Hello"));
			assertThat(context.getBean(LlmBreakers.class).all()).isEmpty();
		});
	}

	private static void open(ApplicationContext context, String model) {
		context.getBean(BreakerRegistry.class).gate(LlmTarget.of("ollama", model));
		context.getBean(LlmBreakers.class).find("ollama:" + model).orElseThrow().forceOpen(null);
	}

	@Configuration(proxyBeanMethods = false)
	static class Ollama {

		private final OllamaApi api;

		Ollama(Environment environment, RestClient.Builder guarded, WebClient.Builder guardedToo) {
			boolean boot = environment.getProperty("boot", Boolean.class, false);
			this.api = OllamaApi.builder()
				.baseUrl(environment.getRequiredProperty("server"))
				.restClientBuilder(boot ? guarded : RestClient.builder())
				.webClientBuilder(boot ? guardedToo : WebClient.builder())
				.build();
		}

		@Bean
		OllamaChatModel chat() {
			return OllamaChatModel.builder()
				.ollamaApi(this.api)
				.options(OllamaChatOptions.builder().model("llama3:8b").build())
				.build();
		}

		@Bean
		OllamaEmbeddingModel embeddings() {
			return OllamaEmbeddingModel.builder()
				.ollamaApi(this.api)
				.options(OllamaEmbeddingOptions.builder().model("bge-m3").build())
				.build();
		}

	}

}
