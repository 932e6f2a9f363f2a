// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.metrics.MetricsBreakerListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerMetricsAutoConfiguration}.
 */
class LlmBreakerMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerMetricsAutoConfiguration.class));

	@Test
	void metersWhenThereIsARegistry() {
		this.contextRunner.withUserConfiguration(RegistryConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(MetricsBreakerListener.class));
	}

	@Test
	void metersIntoTheRegistriesOfSpringBoot() {
		this.contextRunner
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
							SimpleMetricsExportAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(MetricsBreakerListener.class));
	}

	@Test
	void isOffWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(MetricsBreakerListener.class));
	}

	@Test
	void isOffWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("llmBreakerMetricsListener"));
	}

	@Test
	void isOffWhenNothingIsGuarded() {
		this.contextRunner.withUserConfiguration(RegistryConfiguration.class)
			.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MetricsBreakerListener.class));
	}

	@Test
	void backsOffForAUserBean() {
		this.contextRunner.withUserConfiguration(RegistryConfiguration.class, UserConfiguration.class)
			.run((context) -> assertThat(context).getBean(MetricsBreakerListener.class)
				.isSameAs(context.getBean("userListener")));
	}

	@Configuration(proxyBeanMethods = false)
	static class RegistryConfiguration {

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		MetricsBreakerListener userListener(MeterRegistry registry) {
			return new MetricsBreakerListener(() -> registry);
		}

	}

}
