// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.alert.AlertBreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerAlertAutoConfiguration}.
 */
class LlmBreakerAlertAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerAlertAutoConfiguration.class))
		.withPropertyValues("llm-breaker.defaults.preset=balanced");

	@ParameterizedTest
	@ValueSource(strings = { "llm-breaker.alerts.webhook-url=", "llm-breaker.alerts.min-interval=1m",
			"llm-breaker.enabled=false" })
	void nobodyIsToldUnlessThereIsAReceiver(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(AlertBreakerListener.class));
	}

	@Test
	void bothReceiversAreTold() {
		try (FakeLlmServer server = FakeLlmServer.start().always(FakeAnswer.status(200))) {
			this.contextRunner
				.withPropertyValues("llm-breaker.alerts.webhook-url=" + server.url() + "/hook",
						"llm-breaker.alerts.slack-webhook-url=" + server.url() + "/slack",
						"llm-breaker.alerts.page-url=https://ops.example/llmbreakers", "spring.application.name=shop")
				.run((context) -> {
					TestRegistry.open(context.getBean(BreakerRegistry.class), TestRegistry.TARGET);
					String both = server.takeRequest().text() + server.takeRequest().text();
					assertThat(server.requests()).extracting("path").containsExactlyInAnyOrder("/hook", "/slack");
					assertThat(both).contains("\"application\":\"shop\"")
						.contains("\"blocks\":[")
						.contains("https://ops.example/llmbreakers#openai%3Agpt-4.1");
				});
		}
	}

	@Test
	void receiverThatNeverAnswersDelaysNoCall() {
		try (FakeLlmServer server = FakeLlmServer.start().always(FakeAnswer.silence())) {
			this.contextRunner.withPropertyValues("llm-breaker.alerts.webhook-url=" + server.url()).run((context) -> {
				BreakerRegistry registry = context.getBean(BreakerRegistry.class);
				TestRegistry.open(registry, TestRegistry.TARGET);
				server.takeRequest();
				// this thread goes on while the other one waits
				TestRegistry.open(registry, LlmTarget.of("openai", "another"));
				assertThat(registry.all()).hasSize(3);
			});
		}
	}

	@Test
	void otherStatesCanBeSetAlsoInYamlThatTakesTheKeyForABoolean() {
		Set<BreakerState> states = Set.of(BreakerState.OPEN, BreakerState.FORCED_OPEN);
		assertThat(Bound.yaml("llm-breaker: { alerts: { on: [OPEN, forced-open] } }").alerts().states())
			.isEqualTo(states);
		assertThat(Bound.yaml("llm-breaker.alerts.on: [OPEN, forced-open]").alerts().states()).isEqualTo(states);
		assertThat(Bound.yaml("").alerts().states()).containsOnly(BreakerState.OPEN, BreakerState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hooks.example/secret-token", "ftp://hooks.example/secret-token", "http:///secret-token",
			"https://me:secret-token@hooks.example/", "http://hooks example/secret-token" })
	void wrongUrlIsRefusedWithoutShowingIt(String url) {
		this.contextRunner.withPropertyValues("llm-breaker.alerts.slack-webhook-url=" + url)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("'llm-breaker.alerts.slack-webhook-url' must be a URL")
				.hasMessageNotContaining("secret-token"));
	}

	@Test
	void negativeIntervalIsRefused() {
		this.contextRunner
			.withPropertyValues("llm-breaker.alerts.webhook-url=http://localhost/hook",
					"llm-breaker.alerts.min-interval=-1s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("'llm-breaker.alerts.min-interval' must not be negative"));
	}

	@Test
	void urlsAreNotShownWithTheOtherProperties() {
		assertThat(new AlertProperties("https://secret-token", "https://secret-token", null, null, Duration.ZERO, null))
			.asString()
			.doesNotContain("secret-token");
	}

}
