// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.springai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Some libraries bring Apache HttpClient along, which Spring Boot then takes for every
 * {@code RestClient}, and which repeats what was answered with 429 or 503.
 */
@ExtendWith(OutputCaptureExtension.class)
class HiddenRetriesTests {

	private static final String WARNING = "Apache HttpClient 5 is below the breakers";

	private final AtomicInteger requests = new AtomicInteger();

	private HttpServer server;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.requests.incrementAndGet();
			exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(503, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.server.stop(0);
	}

	@Test
	void guardedCallIsSentOnceAndOthersAsEver(CapturedOutput output) {
		run(Application.class);
		askBy(this.context.getBean(RestClient.Builder.class).build(), "/v1/chat/completions");
		assertThat(this.requests).hasValue(1);
		Outcomes outcomes = this.context.getBean(Outcomes.class);
		Awaitility.await().until(() -> outcomes.size() == 1);
		assertThat(outcomes).containsExactly(OutcomeKind.OVERLOADED);
		askBy(this.context.getBean(RestClient.Builder.class).build(), "/other");
		assertThat(this.requests).hasValue(3);
		assertThat(output).containsOnlyOnce("Apache HttpClient 5 repeats no guarded call").doesNotContain(WARNING);
	}

	@Test
	void guardedCallWithTimeLimitsIsSentOnce() {
		run(Application.class, "--llm-breaker.defaults.response-timeout=20s");
		askBy(this.context.getBean(RestClient.Builder.class).build(), "/v1/chat/completions");
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void guardedCallOfRestTemplateIsSentOnce() {
		run(Application.class);
		assertThat(this.context.getBean(RestTemplateBuilder.class).build().getRequestFactory()).isNotNull();
		assertThatExceptionOfType(HttpServerErrorException.class)
			.isThrownBy(() -> this.context.getBean(RestTemplateBuilder.class)
				.build()
				.postForObject(url("/v1/chat/completions"), Map.of("model", "gpt-4.1"), String.class));
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void retriesAreKeptOnDemand(CapturedOutput output) {
		run(Application.class, "--llm-breaker.keep-library-retries=true");
		askBy(this.context.getBean(RestClient.Builder.class).build(), "/v1/chat/completions");
		assertThat(this.requests).hasValue(2);
		assertThat(output).doesNotContain("Apache HttpClient");
	}

	@Test
	void startSaysWhatToDoAboutABuilderThatNobodyCanReach(CapturedOutput output) {
		run(OwnBuilder.class);
		assertThat(output).containsOnlyOnce(WARNING).contains("spring.http.clients.imperative.factory=jdk");
	}

	private void run(Class<?> application, String... arguments) {
		String[] all = new String[arguments.length + 2];
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		all[0] = "--spring.config.name=hidden-retries";
		all[1] = "--llm-breaker.providers.openai.base-urls=" + url("/v1");
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(all);
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	private void askBy(RestClient client, String path) {
		assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(
				() -> client.post().uri(url(path)).body(Map.of("model", "gpt-4.1")).retrieve().toBodilessEntity());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration",
					"org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration",
					"org.springframework.ai.model.openai.autoconfigure.OpenAiEmbeddingAutoConfiguration",
					"org.springframework.ai.model.openai.autoconfigure.OpenAiImageAutoConfiguration",
					"org.springframework.ai.model.openai.autoconfigure.OpenAiModerationAutoConfiguration",
					"org.springframework.ai.model.openai.autoconfigure.OpenAiAudioSpeechAutoConfiguration",
					"org.springframework.ai.model.openai.autoconfigure.OpenAiAudioTranscriptionAutoConfiguration" })
	static class Application {

		@Bean
		Outcomes outcomes() {
			return new Outcomes();
		}

	}

	static class OwnBuilder extends Application {

		@Bean
		ClientHttpRequestFactoryBuilder<HttpComponentsClientHttpRequestFactory> ownBuilder() {
			return ClientHttpRequestFactoryBuilder.httpComponents();
		}

	}

	static class Outcomes extends CopyOnWriteArrayList<OutcomeKind> implements LlmCallListener {

		private static final long serialVersionUID = 1L;

		@Override
		public void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration) {
			add(outcome.kind());
		}

	}

}
