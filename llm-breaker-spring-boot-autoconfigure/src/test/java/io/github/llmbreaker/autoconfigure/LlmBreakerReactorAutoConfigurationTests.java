// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.webclient.ReactiveLlmBreakers;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LlmBreakerReactorAutoConfiguration}.
 */
class LlmBreakerReactorAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final LlmTarget GPT = LlmTarget.of("openai", "gpt-4.1");

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerReactorAutoConfiguration.class));

	@Test
	void guardsByDefaultAlsoWithoutWebClient() {
		this.runner.withClassLoader(new FilteredClassLoader(WebClient.class)).run((context) -> {
			ReactiveLlmBreakers breakers = context.getBean(ReactiveLlmBreakers.class);
			assertThat(breakers.mono(GPT, () -> Mono.just("hello")).block(PATIENCE)).isEqualTo("hello");
			assertThat(breakers.flux(GPT, () -> Flux.just("a", "b")).collectList().block(PATIENCE))
				.isEqualTo(List.of("a", "b"));
			assertThat(context.getBean(BreakerRegistry.class)
				.find("openai:gpt-4.1")
				.orElseThrow()
				.snapshot()
				.calls()
				.succeeded()).isEqualTo(2);
		});
	}

	@Test
	void whileDisabledCallsJustRun() {
		this.runner.withPropertyValues("llm-breaker.enabled=false").run((context) -> {
			ReactiveLlmBreakers breakers = context.getBean(ReactiveLlmBreakers.class);
			assertThat(breakers.mono(GPT, () -> Mono.just("hello")).block(PATIENCE)).isEqualTo("hello");
			assertThat(breakers.flux(GPT, () -> Flux.just("a", "b")).collectList().block(PATIENCE))
				.isEqualTo(List.of("a", "b"));
		});
	}

	@Test
	void beanOfTheApplicationWins() {
		this.runner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(ReactiveLlmBreakers.class).hasBean("own"));
	}

	@Test
	void needsReactor() {
		this.runner.withClassLoader(new FilteredClassLoader(Flux.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakers.class)
				.doesNotHaveBean("reactiveLlmBreakers"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		ReactiveLlmBreakers own(CallGuard guard) {
			return new ReactiveLlmBreakers(guard);
		}

	}

}
