// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link ConfiguredKeys}.
 */
class UnknownKeysTests {

	@ParameterizedTest
	@ValueSource(strings = { "llm-breaker.enabled", "llm-breaker.defaults", "llm-breaker.defaults.retry.max-retries",
			"llm-breaker.defaults.count", "llm-breaker.defaults.count[3]", "llm-breaker.policies.any.cooldown",
			"llm-breaker.policies.any.models[0]", "llm-breaker.policies[Some Name].retry.on[0]",
			"llm-breaker.providers.my-vllm.base-urls[1]", "llm-breaker.providers.x.breaker.cooldown-jitter",
			"llm-breaker.providers.x.headers.x-team", "llm-breaker.providers.x.headers[X_Team]",
			"llm-breaker.webclient.enabled" })
	void keysThatExistPassTheCheck(String name) {
		assertThatNoException().isThrownBy(() -> ConfiguredKeys.check(ConfigurationPropertyName.of(name)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			llm-breaker.defaults.cooldwon          | Did you mean 'llm-breaker.defaults.cooldown'?
			llm-breaker.enable                     | Did you mean 'llm-breaker.enabled'?
			llm-breaker.policies.p.fallback        | Did you mean 'llm-breaker.policies.p.fallbacks'?
			llm-breaker.policies.p.model[0]        | Did you mean 'llm-breaker.policies.p.models'?
			llm-breaker.providers.x.baseurl        | Did you mean 'llm-breaker.providers.x.base-urls'?
			llm-breaker.policies.p.retry.max-retry | Did you mean 'llm-breaker.policies.p.retry.max-retries'?
			llm-breaker.defaults.cooldown.seconds  | 'llm-breaker.defaults.cooldown' has no keys below it
			llm-breaker.defaults.count.first       | 'llm-breaker.defaults.count' has no keys below it
			""")
	void misspeltKeysAreRefusedWithAHint(String name, String action) {
		assertThatExceptionOfType(LlmBreakerConfigurationException.class)
			.isThrownBy(() -> ConfiguredKeys.check(ConfigurationPropertyName.of(name)))
			.withMessage("'%s' does not exist", name)
			.satisfies((ex) -> assertThat(ex.getAction()).contains(action));
	}

	@Test
	void withoutAnythingSimilarAllKeysAreListed() {
		assertThatExceptionOfType(LlmBreakerConfigurationException.class)
			.isThrownBy(() -> ConfiguredKeys.check(new MockEnvironment().withProperty("llm-breaker.alarm-clock", "x")))
			.satisfies((ex) -> assertThat(ex.getAction())
				.startsWith("Remove it, or use one of the keys of 'llm-breaker': enabled, mode, "));
	}

	@Test
	void environmentVariablesOfOthersAreNoMistake() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("LLMBREAKER_SERVICE_HOST", "10.0.0.1", "LLMBREAKER_PORT", "tcp://10.0.0.1:80")));
		assertThatNoException().isThrownBy(() -> ConfiguredKeys.check(environment));
	}

	@Test
	void keysOfOthersAreNoneOfOurBusiness() {
		assertThatNoException().isThrownBy(() -> ConfiguredKeys
			.check(new MockEnvironment().withProperty("llm-breakers.x", "y").withProperty("llm.z", "")));
	}

}
