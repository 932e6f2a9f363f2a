// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;
import java.util.List;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;

/**
 * Auto-configuration that guards every {@code RestClient} and {@code RestTemplate} that
 * Spring Boot builds.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnClass(RestClient.class)
@Import(FallbackRequestFactoryConfiguration.class)
public final class LlmBreakerRestClientAutoConfiguration {

	/**
	 * The interceptor. It is there for clients that the application makes by itself, too.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	static final class InterceptorConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LlmBreakerClientHttpRequestInterceptor llmBreakerClientHttpRequestInterceptor(LlmProviders providers,
				BreakerRegistry registry, Ticker ticker, ObjectProvider<Clock> clock,
				@Qualifier(FallbackRequestFactoryConfiguration.BEAN) ObjectProvider<ClientHttpRequestFactory> elsewhere) {
			return new LlmBreakerClientHttpRequestInterceptor(providers, registry, clock.getIfUnique(Clock::systemUTC),
					ticker, (url, method) -> elsewhere.getObject().createRequest(url, method));
		}

	}

	/**
	 * What the application's own code asks for, when nothing is to be guarded.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled(false)
	static final class UnguardedInterceptorConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LlmBreakerClientHttpRequestInterceptor llmBreakerClientHttpRequestInterceptor() {
			return LlmBreakerClientHttpRequestInterceptor.unguarded();
		}

	}

	/**
	 * Puts the interceptor on all clients that Spring Boot builds. The last customizer
	 * adds the innermost interceptor, which sees what is sent.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnClass(RestClientCustomizer.class)
	@ConditionalOnBooleanProperty(name = "llm-breaker.restclient.enabled", matchIfMissing = true)
	static final class CustomizerConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(name = "llmBreakerRestClientCustomizer")
		RestClientCustomizer llmBreakerRestClientCustomizer(LlmBreakerClientHttpRequestInterceptor interceptor) {
			return (builder) -> builder.requestInterceptors((interceptors) -> addOnce(interceptors, interceptor));
		}

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(name = "llmBreakerRestTemplateCustomizer")
		RestTemplateCustomizer llmBreakerRestTemplateCustomizer(LlmBreakerClientHttpRequestInterceptor interceptor) {
			return (restTemplate) -> addOnce(restTemplate.getInterceptors(), interceptor);
		}

		private static void addOnce(List<ClientHttpRequestInterceptor> interceptors,
				LlmBreakerClientHttpRequestInterceptor interceptor) {
			if (interceptors.stream().noneMatch(LlmBreakerClientHttpRequestInterceptor.class::isInstance)) {
				interceptors.add(interceptor);
			}
		}

	}

}
