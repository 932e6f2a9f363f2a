// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.util.List;

import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerOkHttpAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerRestClientAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerSpringAiAutoConfiguration;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that only the same embedding model answers for one that can't, unless the
 * application says otherwise: vectors of two models can't be compared.
 */
class EmbeddingFallbackTests {

	private static final String EMBEDDINGS = """
			{"object":"list","model":"bge-m3","data":[{"object":"embedding","index":0,"embedding":[0.5,0.25]}],\
			"usage":{"prompt_tokens":1,"total_tokens":1}}""";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class,
						LlmBreakerRestClientAutoConfiguration.class, LlmBreakerSpringAiAutoConfiguration.class))
		.withUserConfiguration(Models.class)
		.withPropertyValues("server=" + this.server.url(),
				"llm-breaker.providers.openai.base-urls=" + this.server.url() + Vendor.OPENAI.path(),
				"llm-breaker.providers.ollama.base-urls=" + this.server.url() + Vendor.OLLAMA.path(),
				"llm-breaker.defaults.failure-threshold=1000", "llm-breaker.policies.embeddings.models=ollama:bge-m3");

	EmbeddingFallbackTests() {
		this.server.always((request) -> request.head().contains(Vendor.OPENAI.path()) ? FakeAnswer.json(200, EMBEDDINGS)
				: FakeAnswer.json(503, "{}"));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void sameModelAtAnotherProviderAnswersWhicheverWayItIsAsked() {
		this.runner.withPropertyValues("llm-breaker.policies.embeddings.fallbacks=openai:BAAI/bge-m3:latest")
			.run((context) -> {
				EmbeddingModel model = context.getBean(OllamaEmbeddingModel.class);
				assertThat(model.embed("Hello")).containsExactly(0.5f, 0.25f);
				assertThat(model.embed(new Document("Hello"))).containsExactly(0.5f, 0.25f);
				assertThat(model.embed(List.of("Hello"))).hasSize(1);
				assertThat(model.embedForResponse(List.of("Hello")).getResults()).hasSize(1);
				EmbeddingResponse response = model.call(new EmbeddingRequest(List.of("Hello"), null));
				assertThat(response.getResult().getOutput()).containsExactly(0.5f, 0.25f);
				assertThat(model.embed(List.of(new Document("Hello")), null, List::of)).hasSize(1);
				assertThat(asked()).hasSize(6)
					.allSatisfy((request) -> assertThat(request.text()).contains("BAAI/bge-m3:latest", "Hello"));
			});
	}

	@Test
	void anotherModelDoesNotAnswer() {
		this.runner.withPropertyValues("llm-breaker.policies.embeddings.fallbacks=openai:text-embedding-3-small")
			.run((context) -> {
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(() -> context.getBean(OllamaEmbeddingModel.class).embed("Hello"));
				assertThat(asked()).isEmpty();
			});
	}

	@Test
	void anotherModelAnswersIfTheApplicationHasChosenIt() {
		this.runner
			.withPropertyValues("llm-breaker.policies.embeddings.fallbacks=openai:text-embedding-3-small",
					"llm-breaker.spring-ai.models.openai=chat,openAi")
			.run((context) -> {
				assertThat(context.getBean(OllamaEmbeddingModel.class).embed("Hello")).containsExactly(0.5f, 0.25f);
				assertThat(asked()).hasSize(1);
			});
	}

	private List<RecordedRequest> asked() {
		return this.server.requests()
			.stream()
			.filter((request) -> request.head().contains(Vendor.OPENAI.path()))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		OllamaEmbeddingModel ollama(Environment environment) {
			return OllamaEmbeddingModel.builder()
				.ollamaApi(
						OllamaApi.builder().baseUrl(environment.getProperty("server") + Vendor.OLLAMA.path()).build())
				.options(OllamaEmbeddingOptions.builder().model("bge-m3").build())
				.build();
		}

		@Bean
		OpenAiEmbeddingModel openAi(Environment environment) {
			return OpenAiEmbeddingModel.builder()
				.metadataMode(MetadataMode.EMBED)
				.options(OpenAiEmbeddingOptions.builder()
					.baseUrl(environment.getProperty("server") + Vendor.OPENAI.path())
					.apiKey("key")
					.model("text-embedding-3-large")
					.build())
				.build();
		}

		@Bean
		String chat() {
			return "some other bean";
		}

	}

}
