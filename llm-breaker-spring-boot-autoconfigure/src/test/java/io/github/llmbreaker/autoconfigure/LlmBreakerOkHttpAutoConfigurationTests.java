// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import com.google.genai.Client;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.okhttp.LlmBreakerOkHttpInterceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LlmBreakerOkHttpAutoConfiguration}.
 */
class LlmBreakerOkHttpAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class));

	@Test
	void hasAnInterceptorForClientsOfTheApplication() {
		this.runner.run((context) -> {
			LlmBreakerOkHttpInterceptor interceptor = context.getBean(LlmBreakerOkHttpInterceptor.class);
			OkHttpClient guarded = interceptor.guard(new OkHttpClient());
			assertThat(guarded.interceptors()).endsWith(interceptor);
			assertThat(interceptor.guard(guarded)).isSameAs(guarded);
		});
	}

	@Test
	void whileDisabledTheInterceptorIsThereAndGuardsNothing() {
		this.runner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(LlmBreakerOkHttpInterceptor.class));
	}

	@Test
	void clientsOfSdksThatAreBeansAreGuarded() {
		this.runner.withBean(Client.class, () -> Client.builder().apiKey("key").build()).run((context) -> {
			Object clients = ReflectionTestUtils.getField(context.getBean(Client.class), "apiClient");
			OkHttpClient client = (OkHttpClient) ReflectionTestUtils.getField(clients, "httpClient");
			assertThat(client.interceptors()).endsWith(context.getBean(LlmBreakerOkHttpInterceptor.class));
		});
	}

	@Test
	void sdksAreLeftAloneWhenSwitchedOff() {
		this.runner.withPropertyValues("llm-breaker.okhttp.enabled=false")
			.withBean(Client.class, () -> Client.builder().apiKey("key").build())
			.run((context) -> {
				Object clients = ReflectionTestUtils.getField(context.getBean(Client.class), "apiClient");
				OkHttpClient client = (OkHttpClient) ReflectionTestUtils.getField(clients, "httpClient");
				assertThat(client.interceptors()).isNotEmpty()
					.doesNotContain(context.getBean(LlmBreakerOkHttpInterceptor.class));
			});
	}

	@Test
	void springAiIsNotNeeded() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.ai"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LlmBreakerOkHttpInterceptor.class));
	}

	@Test
	void interceptorOfTheApplicationWins() {
		this.runner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(LlmBreakerOkHttpInterceptor.class).hasBean("own"));
	}

	@Test
	void needsOkHttp() {
		this.runner.withClassLoader(new FilteredClassLoader("okhttp3"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakers.class)
				.doesNotHaveBean("llmBreakerOkHttpInterceptor"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		LlmBreakerOkHttpInterceptor own(CallGuard guard) {
			return new LlmBreakerOkHttpInterceptor(guard);
		}

	}

}
