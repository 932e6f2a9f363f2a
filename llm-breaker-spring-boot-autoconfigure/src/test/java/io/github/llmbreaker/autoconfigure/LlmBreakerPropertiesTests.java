// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.Isolation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how {@link LlmBreakerProperties} are bound.
 */
class LlmBreakerPropertiesTests {

	@Test
	void withoutAnyKeyTheDefaultsApply() {
		LlmBreakerProperties properties = Bound.yaml("");
		assertThat(properties.enabled()).isTrue();
		assertThat(properties.mode()).isEqualTo(BreakerMode.ENFORCE);
		assertThat(properties.isolation()).isEqualTo(Isolation.MODEL);
		assertThat(properties.maxBreakers()).isEqualTo(1000);
		assertThat(properties.webclient().enabled()).isTrue();
		assertThat(properties.policies()).isEmpty();
		assertThat(properties.providers()).isEmpty();
	}

	@Test
	void environmentVariablesAreBoundToKeys() {
		LlmBreakerProperties properties = Bound.variables(Map.of("LLMBREAKER_ENABLED", "false", "LLMBREAKER_MODE",
				"observe", "LLMBREAKER_MAXBREAKERS", "7", "LLMBREAKER_DEFAULTS_COOLDOWN", "10s",
				"LLMBREAKER_DEFAULTS_FAILURETHRESHOLD", "2", "LLMBREAKER_DEFAULTS_RETRY_MAXRETRIES", "4",
				"LLMBREAKER_DEFAULTS_COUNT", "timeout,AUTH", "LLMBREAKER_PROVIDERDEFAULTS_WINDOW", "1m",
				"LLMBREAKER_PROVIDERS_OPENAI_BASEURLS_0_", "https://a", "LLMBREAKER_SERVICE_HOST", "10.0.0.1"), "");
		assertThat(properties.enabled()).isFalse();
		assertThat(properties.mode()).isEqualTo(BreakerMode.OBSERVE);
		assertThat(properties.maxBreakers()).isEqualTo(7);
		assertThat(properties.defaults().cooldown()).isEqualTo(Duration.ofSeconds(10));
		assertThat(properties.defaults().failureThreshold()).isEqualTo(2);
		assertThat(properties.defaults().retry()).extracting(RetryProperties::maxRetries).isEqualTo(4);
		assertThat(properties.defaults().count()).containsExactly(OutcomeKind.TIMEOUT, OutcomeKind.AUTH);
		assertThat(properties.providerDefaults().window()).isEqualTo(Duration.ofMinutes(1));
		assertThat(properties.providers().get("openai").baseUrls()).isEqualTo(List.of("https://a"));
	}

	@Test
	void environmentVariablesReachEntriesWithAHyphenInTheirName() {
		LlmBreakerProperties properties = Bound.variables(
				Map.of("LLMBREAKER_PROVIDERS_MYVLLM_APIKEY", "secret", "LLMBREAKER_POLICIES_TOPTIER_COOLDOWN", "9s"),
				"""
						llm-breaker:
						  policies:
						    top-tier: { models: ["gpt*"] }
						    other: { models: ["o*"] }
						  providers:
						    my-vllm: { base-urls: ["http://vllm:8000"] }
						""");
		assertThat(properties.providers()).containsOnlyKeys("my-vllm");
		assertThat(properties.providers().get("my-vllm").apiKey()).isEqualTo("secret");
		assertThat(properties.policies()).containsOnlyKeys("top-tier", "other");
		assertThat(properties.policies().get("top-tier").cooldown()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void keysNeverShowInTexts() {
		LlmBreakerProperties properties = Bound.yaml("""
				llm-breaker.providers.openai:
				  api-key: sk-very-secret
				  headers: { X-Team: also secret, cf-aig-authorization: Bearer secret, "[x_y]": secret }
				""");
		assertThat(properties.providers().get("openai").apiKey()).isEqualTo("sk-very-secret");
		assertThat(properties.providers().get("openai").headers()).containsOnly(Map.entry("X-Team", "also secret"),
				Map.entry("cf-aig-authorization", "Bearer secret"), Map.entry("x_y", "secret"));
		assertThat(properties.toString()).doesNotContain("secret");
	}

	@Test
	void changesOfEveryKeyAreSeen() {
		assertThat(Bound.yaml("llm-breaker.mode: observe").byKey())
			.hasSize(LlmBreakerProperties.class.getRecordComponents().length)
			.containsEntry("llm-breaker.mode", BreakerMode.OBSERVE)
			.containsKeys("llm-breaker.max-breakers", "llm-breaker.provider-defaults", "llm-breaker.langchain4j");
	}

}
