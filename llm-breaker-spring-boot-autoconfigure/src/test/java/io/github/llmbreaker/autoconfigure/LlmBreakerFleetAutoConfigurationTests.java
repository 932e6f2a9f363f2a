// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.redis.RedisBreakerSync;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerFleetAutoConfiguration}; nothing listens where its Redis
 * should be.
 */
@ExtendWith(OutputCaptureExtension.class)
class LlmBreakerFleetAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerFleetAutoConfiguration.class,
						LlmBreakerMetricsAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withUserConfiguration(RedisConfiguration.class);

	@Test
	void applicationStartsWithoutItsRedisAndSaysSoOnce(CapturedOutput output) {
		this.contextRunner.withPropertyValues("spring.application.name=shop").run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(RedisBreakerSync.class);
			assertThat(context.getBean(MeterRegistry.class).get("llm.breaker.fleet.connected").gauge().value())
				.isZero();
			assertThat(context.getBean(BreakerRegistry.class).all()).isEmpty();
			assertThat(output.getAll().split("Fleet 'shop' is lost", -1)).hasSize(2);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "llm-breaker.fleet.enabled=false", "llm-breaker.enabled=false" })
	void propertySwitchesTheFleetOff(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BreakerSync.class));
	}

	@Test
	void syncOfTheUserWins() {
		this.contextRunner.withBean(BreakerSync.class, () -> new BreakerSync() {
		})
			.run((context) -> assertThat(context).hasSingleBean(BreakerSync.class)
				.doesNotHaveBean(RedisBreakerSync.class));
	}

	@Test
	void absentLibraryOrConnectionMeansNoFleet() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerFleetAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BreakerSync.class));
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerFleetAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(StringRedisTemplate.class.getPackageName(),
					RedisConnectionFactory.class.getPackageName(), "io.lettuce"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BreakerSync.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "two words", "{shop}", "" })
	void namespaceThatCanBeNoPartOfKeyIsRefused(String namespace) {
		this.contextRunner.withPropertyValues("llm-breaker.fleet.namespace=" + namespace)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("'llm-breaker.fleet.namespace' must have 1 to 100 characters"));
	}

	@Test
	void nativeImageKeepsScriptsAndWhereLettuceLeads() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new LlmBreakerFleetAutoConfiguration.ScriptHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.resource().forResource("io/github/llmbreaker/redis/beat.lua")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onFieldAccess(LettuceConnectionFactory.class.getDeclaredField("configuration"))).accepts(hints);
	}

	@Test
	void nameOfTheApplicationThatDoesNotFitStopsNothing() {
		this.contextRunner.withPropertyValues("spring.application.name=My Shop")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class RedisConfiguration {

		@Bean
		LettuceConnectionFactory connections() {
			return new LettuceConnectionFactory("127.0.0.1", 1);
		}

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
