// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the documentation's example of retries with a time limit against a server that
 * streams.
 */
class DocumentedRetriesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";

	private static final String FINISH = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

	private static final String DONE = "data: [DONE]\n\n";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
				LlmBreakerWebClientAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withInitializer(DocumentedRetriesTests::configureAsDocumented)
		.withPropertyValues("llm-breaker.providers.openai.base-urls=" + this.server.url() + "/v1");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt-4.1", "gpt-4.1-mini" })
	void healthyStreamsEnd(String model) {
		this.runner.run((context) -> {
			this.server.enqueue(FakeAnswer.sse(DELTA, DELTA, FINISH, DONE), FakeAnswer.sse(DELTA + FINISH + DONE));
			assertThat(stream(context, model)).hasSize(4);
			assertThat(stream(context, model)).hasSize(3);
			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	@Test
	void cutStreamOfThePremiumModelIsReplaced() {
		this.runner.run((context) -> {
			this.server.enqueue(FakeAnswer.sse(DELTA, DELTA).cut(), FakeAnswer.sse(DELTA, FINISH, DONE));
			assertThat(stream(context, "gpt-4.1")).hasSize(3);
			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	private List<String> stream(ApplicationContext context, String model) {
		return context.getBean(WebClient.Builder.class)
			.build()
			.post()
			.uri(this.server.url() + "/v1/chat/completions")
			.bodyValue(Map.of("model", model, "stream", true))
			.retrieve()
			.bodyToFlux(String.class)
			.collectList()
			.block(PATIENCE);
	}

	private static void configureAsDocumented(ConfigurableApplicationContext context) {
		try {
			String page = Files.readString(Path.of("../docs/time-limits-and-retries.md"));
			Matcher example = Pattern
				.compile("## Retries and fallback models.*?```yaml\n(.*?total-timeout:.*?retry:.*?)```", Pattern.DOTALL)
				.matcher(page);
			assertThat(example.find()).isTrue();
			new YamlPropertySourceLoader()
				.load("page", new ByteArrayResource(example.group(1).getBytes(StandardCharsets.UTF_8)))
				.forEach(context.getEnvironment().getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
