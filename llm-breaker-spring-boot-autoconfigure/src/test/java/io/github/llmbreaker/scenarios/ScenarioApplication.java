// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A plain application that has no recovery of its own: each library with its defaults.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ScenarioApplication {

	/** Beyond what the policy of any call allows. */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private final String primary;

	private final String second;

	/** Spring AI makes one of its beans before values can be injected. */
	ScenarioApplication(Environment environment) {
		this.primary = environment.getRequiredProperty("llm-breaker.providers.openai.base-urls");
		this.second = environment.getRequiredProperty("llm-breaker.providers.second.base-urls");
	}

	@Bean
	WebClient webClient(WebClient.Builder builder) {
		return builder.baseUrl(this.primary).defaultHeader("Authorization", "Bearer key").build();
	}

	@Bean
	RestClient restClient(RestClient.Builder builder) {
		return builder.baseUrl(this.primary).defaultHeader("Authorization", "Bearer key").build();
	}

	@Bean
	OpenAIClient sdk() {
		return OpenAIOkHttpClient.builder().baseUrl(this.primary).apiKey("key").build();
	}

	@Bean
	OpenAIClientAsync sdkAsync() {
		return OpenAIOkHttpClientAsync.builder().baseUrl(this.primary).apiKey("key").build();
	}

	@Bean
	Entrance.Models langChain4j(dev.langchain4j.model.openai.OpenAiChatModel model,
			OpenAiStreamingChatModel streaming) {
		return new Entrance.Models(model, streaming);
	}

	@Bean
	dev.langchain4j.model.openai.OpenAiChatModel langChain4jModel() {
		return dev.langchain4j.model.openai.OpenAiChatModel.builder()
			.baseUrl(this.primary)
			.apiKey("key")
			.modelName("any")
			.build();
	}

	@Bean
	OpenAiStreamingChatModel langChain4jStreamingModel() {
		return OpenAiStreamingChatModel.builder().baseUrl(this.primary).apiKey("key").modelName("any").build();
	}

	@Bean
	Entrance.Models langChain4jInside() {
		return new Entrance.Models(langChain4jModel(), langChain4jStreamingModel());
	}

	/** Clients that are beans are guarded, too. */
	@Bean
	Assistants beans(OpenAIClient sdk, OpenAIClientAsync sdkAsync) {
		return new Assistants(Map.of("openai", sdk, "second", sdk(this.second)),
				Map.of("openai", sdkAsync, "second", sdkAsync(this.second)));
	}

	/** Nobody but the method guards these. */
	@Bean
	Assistants own() {
		return new Assistants(Map.of("openai", sdk(this.primary), "second", sdk(this.second)),
				Map.of("openai", sdkAsync(this.primary), "second", sdkAsync(this.second)));
	}

	private static OpenAIClient sdk(String url) {
		return OpenAIOkHttpClient.builder()
			.baseUrl(url)
			.apiKey("key")
			.maxRetries(0)
			.responseValidation(true)
			.timeout(LIMIT)
			.build();
	}

	private static OpenAIClientAsync sdkAsync(String url) {
		return OpenAIOkHttpClientAsync.builder()
			.baseUrl(url)
			.apiKey("key")
			.maxRetries(0)
			.responseValidation(true)
			.timeout(LIMIT)
			.build();
	}

	@Bean
	Outcomes outcomes() {
		return new Outcomes();
	}

	/**
	 * What the breakers of each model are told.
	 */
	static class Outcomes implements LlmCallListener {

		private final Map<String, List<OutcomeKind>> kinds = new ConcurrentHashMap<>();

		@Override
		public void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration) {
			this.kinds.computeIfAbsent(String.valueOf(target.model()), (model) -> new CopyOnWriteArrayList<>())
				.add(outcome.kind());
		}

		List<OutcomeKind> of(String model) {
			return this.kinds.getOrDefault(model, List.of());
		}

	}

}
