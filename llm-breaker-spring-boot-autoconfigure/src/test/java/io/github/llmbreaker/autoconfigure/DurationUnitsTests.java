// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link ConfiguredKeys}.
 */
class DurationUnitsTests {

	@ParameterizedTest
	@ValueSource(strings = { "5s", "0", "00", "500ms", "PT5S", "1m", "${unset:7s}", "soon" })
	void whatHasAUnitOrNeedsNonePasses(String value) {
		assertThatNoException().isThrownBy(
				() -> ConfiguredKeys.check(new MockEnvironment().withProperty("llm-breaker.defaults.cooldown", value)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "5", " 30 ", "-1", "${mine}", "${unset:7}" })
	void numbersAreRefused(String value) {
		MockEnvironment environment = new MockEnvironment().withProperty("llm-breaker.defaults.cooldown", value)
			.withProperty("mine", "60");
		assertThatExceptionOfType(LlmBreakerConfigurationException.class)
			.isThrownBy(() -> ConfiguredKeys.check(environment))
			.withMessageContaining("llm-breaker.defaults.cooldown")
			.withMessageContaining("has no unit");
	}

	@Test
	void numbersInYamlAndInEnvironmentVariablesAreRefused() {
		StandardEnvironment yaml = new StandardEnvironment();
		yaml.getPropertySources()
			.addFirst(new MapPropertySource("yaml", Map.of("llm-breaker.policies.p.total-timeout", 30)));
		assertThatExceptionOfType(LlmBreakerConfigurationException.class).isThrownBy(() -> ConfiguredKeys.check(yaml));
		StandardEnvironment variables = new StandardEnvironment();
		variables.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("LLMBREAKER_DEFAULTS_COOLDOWN", "5")));
		assertThatExceptionOfType(LlmBreakerConfigurationException.class)
			.isThrownBy(() -> ConfiguredKeys.check(variables))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'5s' for seconds"));
	}

	@Test
	void otherNumbersAreNoDurations() {
		assertThatNoException()
			.isThrownBy(() -> ConfiguredKeys.check(new MockEnvironment().withProperty("llm-breaker.max-breakers", "5")
				.withProperty("llm-breaker.defaults.failure-threshold", "3")
				.withProperty("other.cooldown", "5")));
	}

}
