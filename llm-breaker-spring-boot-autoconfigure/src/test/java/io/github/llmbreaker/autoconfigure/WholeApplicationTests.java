// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.LlmPolicies;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application with every library and every key.
 */
class WholeApplicationTests {

	private static final LlmTarget GPT = new LlmTarget("openai", "chat.completions", "gpt-4.1");

	@Test
	void everyKeyAtItsDefaultChangesNothing() {
		try (ConfigurableApplicationContext context = start(
				"--spring.config.additional-location=classpath:every-key.yml")) {
			LlmPolicies policies = context.getBean(LlmPolicies.class);
			// a number of probes that is set is meant exactly
			assertThat(policies.forTarget(LlmTarget.of("openai", "o3"))).usingRecursiveComparison()
				.ignoringFields("breaker.halfOpen.adaptive")
				.isEqualTo(BuiltInPolicies.MODEL);
			assertThat(policies.forProvider("anthropic")).isEqualTo(BuiltInPolicies.PROVIDER);
			assertThat(policies.forProvider("openai").cooldown().base()).isEqualTo(Duration.ofMinutes(1));
			CallPolicy premium = policies.forTarget(GPT);
			assertThat(premium.breaker()).extracting(BreakerPolicy::name).isEqualTo("premium");
			assertThat(premium.breaker().cooldown().base()).isEqualTo(Duration.ofSeconds(10));
			assertThat(premium.fallbacks()).containsExactly(new FallbackModel("openai", "gpt-4.1-mini"));
			assertThat(policies.forTarget(new LlmTarget("openai", "embeddings", "ada")).breaker().failureThreshold())
				.isEqualTo(10);
		}
	}

	@Test
	void switchedOffItStartsToo() {
		try (ConfigurableApplicationContext context = start("--llm-breaker.enabled=false")) {
			assertThat(context.getBean(BreakerRegistry.class).isOff()).isTrue();
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
