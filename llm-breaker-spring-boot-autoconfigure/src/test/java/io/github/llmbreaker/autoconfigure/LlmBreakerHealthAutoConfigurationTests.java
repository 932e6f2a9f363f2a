// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;

import io.github.llmbreaker.health.LlmBreakersHealthIndicator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerHealthAutoConfiguration}.
 */
class LlmBreakerHealthAutoConfigurationTests {

	private static final String BEAN = "llmBreakersHealthContributor";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerHealthAutoConfiguration.class,
					HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class));

	@Test
	void contributesByDefault() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakersHealthIndicator.class).hasBean(BEAN);
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("llmBreakers")).isNotNull();
		});
	}

	@Test
	void isOffByItsProperty() {
		this.contextRunner.withPropertyValues("management.health.llmbreakers.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BEAN));
	}

	@Test
	void isOffWithTheDefaultsOfSpringBoot() {
		this.contextRunner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BEAN));
	}

	@Test
	void isOffWhenNothingIsGuarded() {
		this.contextRunner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BEAN));
	}

	@Test
	void isOffWithoutSpringBootHealth() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
	}

	@Test
	void backsOffForAUserBeanOfEitherName() {
		this.contextRunner.withUserConfiguration(UserConfiguration.class)
			.run((context) -> assertThat(context).doesNotHaveBean(BEAN).hasBean("llmBreakersHealthIndicator"));
	}

	@Test
	void bindsTheCriticalStatus() {
		this.contextRunner.withPropertyValues("llm-breaker.health.critical-status=out-of-service")
			.run((context) -> assertThat(context.getBean(LlmBreakersHealthIndicator.class)).extracting("critical")
				.isEqualTo(Status.OUT_OF_SERVICE));
	}

	@Test
	void refusesAStatusThatDoesNotExist() {
		this.contextRunner.withPropertyValues("llm-breaker.health.critical-status=BROKEN")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(LlmBreakerConfigurationException.class,
						(failure) -> assertThat(failure.getAction()).contains("UP, DOWN, OUT_OF_SERVICE, UNKNOWN")));
	}

	@Test
	void takesAStatusOfTheApplication() {
		this.contextRunner
			.withPropertyValues("llm-breaker.health.critical-status=broken",
					"management.endpoint.health.status.order=down,broken,up")
			.run((context) -> assertThat(context.getBean(LlmBreakersHealthIndicator.class)).extracting("critical")
				.isEqualTo(new Status("BROKEN")));
	}

	@Configuration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		HealthIndicator llmBreakersHealthIndicator() {
			return new LlmBreakersHealthIndicator(List::of, Status.DOWN);
		}

	}

}
