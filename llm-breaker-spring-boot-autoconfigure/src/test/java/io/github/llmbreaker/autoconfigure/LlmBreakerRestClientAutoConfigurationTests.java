// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerRestClientAutoConfiguration}.
 */
class LlmBreakerRestClientAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class, RestTemplateAutoConfiguration.class,
				LlmBreakerAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class));

	@Test
	void guardsBuildersOfBoot() {
		this.runner.run((context) -> {
			LlmBreakerClientHttpRequestInterceptor interceptor = context
				.getBean(LlmBreakerClientHttpRequestInterceptor.class);
			context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).containsExactly(interceptor));
			assertThat(context.getBean(RestTemplateBuilder.class).build().getInterceptors())
				.containsExactly(interceptor);
		});
	}

	@Test
	void isSwitchedOffByOneProperty() {
		this.runner.withPropertyValues("llm-breaker.restclient.enabled=false").run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakerClientHttpRequestInterceptor.class);
			context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).isEmpty());
		});
	}

	@Test
	void isSwitchedOffWithEverythingButCanStillBeInjected() {
		this.runner.withPropertyValues("llm-breaker.enabled=false").run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakerClientHttpRequestInterceptor.class);
			context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).isEmpty());
		});
	}

	@Test
	void backsOffForUserInterceptor() {
		this.runner.withUserConfiguration(OwnInterceptorConfiguration.class)
			.run((context) -> context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors)
					.containsExactly(context.getBean("ownInterceptor", ClientHttpRequestInterceptor.class))));
	}

	@Test
	void needsRestClient() {
		this.runner.withClassLoader(new FilteredClassLoader(RestClient.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LlmBreakerRestClientAutoConfiguration.class));
	}

	@Test
	void needsBootForItsBuildersOnly() {
		this.runner.withClassLoader(new FilteredClassLoader(RestClientCustomizer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakerClientHttpRequestInterceptor.class));
	}

	@Test
	void fallbackRequestsAreMadeWithOrWithoutBoot() {
		this.runner.run((context) -> assertThat(context).hasBean("llmBreakerFallbackRequestFactory"));
		this.runner
			.withClassLoader(new FilteredClassLoader(RestClientCustomizer.class, ClientHttpRequestFactoryBuilder.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean("llmBreakerFallbackRequestFactory")
				.isInstanceOf(JdkClientHttpRequestFactory.class));
		this.runner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("llmBreakerFallbackRequestFactory"));
	}

	@Test
	void fallbackRequestFactoryOfTheUserWinsAndOthersAreNoConcern() {
		ClientHttpRequestFactory own = new SimpleClientHttpRequestFactory();
		this.runner.withBean("llmBreakerFallbackRequestFactory", ClientHttpRequestFactory.class, () -> own)
			.run((context) -> assertThat(context).getBean(ClientHttpRequestFactory.class).isSameAs(own));
		this.runner.withBean("other", ClientHttpRequestFactory.class, () -> own)
			.run((context) -> assertThat(context).hasBean("llmBreakerFallbackRequestFactory")
				.getBean("llmBreakerFallbackRequestFactory")
				.isNotSameAs(own));
	}

	@Test
	void isInnermostAndAddedOnce() {
		this.runner.withUserConfiguration(OwnCustomizerConfiguration.class)
			.run((context) -> context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).hasSize(2)
					.last()
					.isInstanceOf(LlmBreakerClientHttpRequestInterceptor.class)));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnInterceptorConfiguration {

		@Bean
		LlmBreakerClientHttpRequestInterceptor ownInterceptor(LlmProviders providers, BreakerRegistry registry) {
			return new LlmBreakerClientHttpRequestInterceptor(providers, registry, Clock.systemUTC(), Ticker.SYSTEM);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCustomizerConfiguration {

		@Bean
		@Order(0)
		RestClientCustomizer ownCustomizer() {
			return (builder) -> builder
				.requestInterceptor((request, body, execution) -> execution.execute(request, body));
		}

	}

}
