// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application that asks models by everything that there is, and knows nothing of
 * breakers.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class DoorsApplication {

	private final String server;

	/** Spring AI makes one of its beans before values can be injected. */
	DoorsApplication(Environment environment) {
		this.server = environment.getRequiredProperty("server");
	}

	/**
	 * Starts it with some more beans.
	 * @param properties what is configured besides
	 * @param server where all vendors are
	 * @param more what else there is
	 */
	static ConfigurableApplicationContext run(List<String> properties, String server, Class<?>... more) {
		Stream<String> vendors = Stream.of(Vendor.values())
			.map((vendor) -> "llm-breaker.providers.%s.base-urls=%s".formatted(vendor.id(), server + vendor.path()));
		return new SpringApplicationBuilder(DoorsApplication.class).sources(more)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(Stream.concat(properties.stream(), vendors).map((property) -> "--" + property).toArray(String[]::new));
	}

	@Bean
	OpenAIClient openAi() {
		return OpenAIOkHttpClient.builder().baseUrl(this.server + Vendor.OPENAI.path()).apiKey("key").build();
	}

	@Bean
	OpenAIClientAsync openAiAsync() {
		return OpenAIOkHttpClientAsync.builder().baseUrl(this.server + Vendor.OPENAI.path()).apiKey("key").build();
	}

	@Bean
	AnthropicClient anthropic() {
		return AnthropicOkHttpClient.builder().baseUrl(this.server + Vendor.ANTHROPIC.path()).apiKey("key").build();
	}

	@Bean
	AnthropicClientAsync anthropicAsync() {
		return AnthropicOkHttpClientAsync.builder()
			.baseUrl(this.server + Vendor.ANTHROPIC.path())
			.apiKey("key")
			.build();
	}

	@Bean
	Client googleGenAiClient() {
		return Client.builder()
			.apiKey("key")
			.httpOptions(HttpOptions.builder().baseUrl(this.server + Vendor.GEMINI.path()).build())
			.build();
	}

	@Bean
	Outcomes outcomes() {
		return new Outcomes();
	}

	/**
	 * What the breakers are told.
	 */
	static class Outcomes implements LlmCallListener {

		private final List<OutcomeKind> kinds = new CopyOnWriteArrayList<>();

		@Override
		public void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration) {
			this.kinds.add(outcome.kind());
		}

		List<OutcomeKind> kinds() {
			return List.copyOf(this.kinds);
		}

		void clear() {
			this.kinds.clear();
		}

	}

}
