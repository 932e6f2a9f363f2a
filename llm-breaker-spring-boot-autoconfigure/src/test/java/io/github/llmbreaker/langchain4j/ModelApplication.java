// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.awaitility.Awaitility;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that builds its models with the builders of LangChain4j, all settings as
 * they come, and two providers.
 */
final class ModelApplication implements AutoCloseable {

	private final FakeLlmServer first = FakeLlmServer.start();

	private final FakeLlmServer second = FakeLlmServer.start();

	private final ConfigurableApplicationContext context;

	ModelApplication(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--first=" + this.first.url(),
				"--llm-breaker.providers.openai.base-urls=" + this.first.url() + "/v1",
				"--llm-breaker.providers.anthropic.base-urls=" + this.first.url() + "/anthropic/v1",
				"--llm-breaker.providers.google-gemini.base-urls=" + this.first.url() + "/google/v1beta",
				"--llm-breaker.providers.ollama.base-urls=" + this.first.url() + "/ollama",
				"--llm-breaker.providers.second.dialect=openai", "--llm-breaker.providers.second.api-key=second-key",
				"--llm-breaker.providers.second.base-urls=" + this.second.url() + "/v1",
				"--llm-breaker.defaults.preset=consecutive"));
		for (String property : properties) {
			arguments.add("--llm-breaker." + property);
		}
		this.context = new SpringApplicationBuilder(Models.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(arguments.toArray(String[]::new));
	}

	FakeLlmServer first() {
		return this.first;
	}

	FakeLlmServer second() {
		return this.second;
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	LlmBreaker breaker(String name) {
		return get(LlmBreakers.class).find(name).orElseThrow();
	}

	/**
	 * Opens a breaker that there need not have been a call of.
	 */
	void open(String provider, String model) {
		get(BreakerRegistry.class).gate(LlmTarget.of(provider, model));
		breaker(provider + ":" + model).forceOpen(null);
	}

	/**
	 * Returns how the calls have ended, in order.
	 */
	List<OutcomeKind> awaitKinds(int count) {
		return awaitOutcomes(count).stream().map(CallOutcome::kind).toList();
	}

	List<CallOutcome> awaitOutcomes(int count) {
		Recorder recorder = get(Recorder.class);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> recorder.outcomes().size() >= count);
		return recorder.outcomes();
	}

	@Override
	public void close() {
		this.context.close();
		this.first.close();
		this.second.close();
	}

	static class Recorder implements LlmCallListener {

		private final List<CallOutcome> outcomes = new ArrayList<>();

		@Override
		public synchronized void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration) {
			this.outcomes.add(outcome);
		}

		synchronized List<CallOutcome> outcomes() {
			return List.copyOf(this.outcomes);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Models {

		private final String url;

		Models(@Value("${first}") String url) {
			this.url = url;
		}

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		OpenAiChatModel openAi() {
			return OpenAiChatModel.builder()
				.baseUrl(this.url + "/v1")
				.apiKey("first-key")
				.organizationId("first-organization")
				.customHeaders(Map.of("X-Tenant", "first-tenant"))
				.modelName("gpt-4.1")
				.build();
		}

		@Bean
		OpenAiStreamingChatModel openAiStreaming() {
			return OpenAiStreamingChatModel.builder()
				.baseUrl(this.url + "/v1")
				.apiKey("first-key")
				.modelName("gpt-4.1")
				.build();
		}

		@Bean
		OpenAiEmbeddingModel openAiEmbedding() {
			return OpenAiEmbeddingModel.builder()
				.baseUrl(this.url + "/v1")
				.apiKey("first-key")
				.modelName("text-embedding-3-small")
				.build();
		}

		@Bean
		AnthropicChatModel anthropic() {
			return AnthropicChatModel.builder()
				.baseUrl(this.url + "/anthropic/v1")
				.apiKey("anthropic-key")
				.modelName("claude")
				.build();
		}

		@Bean
		AnthropicStreamingChatModel anthropicStreaming() {
			return AnthropicStreamingChatModel.builder()
				.baseUrl(this.url + "/anthropic/v1")
				.apiKey("anthropic-key")
				.modelName("claude")
				.build();
		}

		@Bean
		GoogleAiGeminiChatModel gemini() {
			return GoogleAiGeminiChatModel.builder()
				.baseUrl(this.url + "/google/v1beta")
				.apiKey("google-key")
				.modelName("gemini-2.5-flash")
				.build();
		}

		@Bean
		GoogleAiGeminiStreamingChatModel geminiStreaming() {
			return GoogleAiGeminiStreamingChatModel.builder()
				.baseUrl(this.url + "/google/v1beta")
				.apiKey("google-key")
				.modelName("gemini-2.5-flash")
				.build();
		}

		@Bean
		OllamaChatModel ollama() {
			return OllamaChatModel.builder().baseUrl(this.url + "/ollama").modelName("llama3:8b").build();
		}

		@Bean
		OllamaStreamingChatModel ollamaStreaming() {
			return OllamaStreamingChatModel.builder().baseUrl(this.url + "/ollama").modelName("llama3:8b").build();
		}

	}

}
