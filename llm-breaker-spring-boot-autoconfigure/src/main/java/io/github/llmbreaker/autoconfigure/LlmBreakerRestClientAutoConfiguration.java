// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestFactory;
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

	/** It is there for clients that the application makes by itself, too. */
	@Bean
	@ConditionalOnMissingBean
	LlmBreakerClientHttpRequestInterceptor llmBreakerClientHttpRequestInterceptor(CallGuard guard,
			@Qualifier(FallbackRequestFactoryConfiguration.BEAN) ObjectProvider<ClientHttpRequestFactory> elsewhere) {
		return new LlmBreakerClientHttpRequestInterceptor(guard,
				(url, method) -> elsewhere.getObject().createRequest(url, method));
	}

	/**
	 * Guards all clients that Spring Boot builds. The last customizer adds the innermost
	 * interceptor, which sees what is sent; a client without interceptors gets none, so
	 * that its uploads to other hosts still stream.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnClass(RestClientCustomizer.class)
	@ConditionalOnBooleanProperty(name = "llm-breaker.restclient.enabled", matchIfMissing = true)
	@ImportRuntimeHints(GuardedRestClientBuilder.ProxyHints.class)
	static final class CustomizerConfiguration {

		private static final Logger logger = LoggerFactory.getLogger(LlmBreakerRestClientAutoConfiguration.class);

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(name = "llmBreakerRestClientCustomizer")
		RestClientCustomizer llmBreakerRestClientCustomizer(LlmBreakerClientHttpRequestInterceptor interceptor) {
			return (builder) -> GuardedRestClientBuilder.guard(builder, interceptor);
		}

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(name = "llmBreakerRestTemplateCustomizer")
		RestTemplateCustomizer llmBreakerRestTemplateCustomizer(LlmBreakerClientHttpRequestInterceptor interceptor) {
			return (restTemplate) -> GuardedRestTemplate.guard(restTemplate, interceptor);
		}

		/** Of a builder that is the application's own nobody asks us what to change. */
		@Bean
		SmartInitializingSingleton llmBreakerHiddenRetries(ObjectProvider<ApacheRetriesCustomizer> retries,
				ObjectProvider<ClientHttpRequestFactoryBuilder<?>> builders) {
			return () -> {
				ClientHttpRequestFactoryBuilder<?> builder = builders.getIfUnique();
				ApacheRetriesCustomizer removed = retries.getIfAvailable();
				if (builder instanceof HttpComponentsClientHttpRequestFactoryBuilder && removed != null
						&& !removed.areRemoved()) {
					logger
						.warn("""
								Apache HttpClient 5 is below the breakers of a RestClient. It repeats what is answered with 								429 or 503, so that they see one of two requests. Set 								'spring.http.clients.imperative.factory=jdk', or disable its automatic retries.""");
				}
			};
		}

		@Bean
		static GuardedRestClientBuilder.Installer llmBreakerRestClientBuilderConfigurerInstaller() {
			return new GuardedRestClientBuilder.Installer();
		}

	}

	/**
	 * Sees to it that nothing is repeated below the breakers.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnClass(value = ClientHttpRequestFactoryBuilderCustomizer.class, name = ApacheRetriesCustomizer.CLIENT)
	@ConditionalOnBooleanProperty(name = "llm-breaker.restclient.enabled", matchIfMissing = true)
	@ConditionalOnBooleanProperty(name = "llm-breaker.keep-library-retries", havingValue = false, matchIfMissing = true)
	@ImportRuntimeHints(ApacheRetriesCustomizer.Hints.class)
	static final class ApacheConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ApacheRetriesCustomizer llmBreakerApacheRetriesCustomizer() {
			return new ApacheRetriesCustomizer();
		}

	}

}
