// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration for the LLM calls of {@code WebClient}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class,
		beforeName = "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration")
@ConditionalOnClass({ WebClient.class, Schedulers.class })
public final class LlmBreakerWebClientAutoConfiguration {

	/** It is there for builders that the application makes by itself, too. */
	@Bean
	@ConditionalOnMissingBean
	LlmBreakerExchangeFilterFunction llmBreakerExchangeFilterFunction(CallGuard guard) {
		return new LlmBreakerExchangeFilterFunction(guard, Schedulers.parallel());
	}

	/**
	 * Puts the filter on every builder that Spring Boot makes.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@ConditionalOnClass(WebClientCustomizer.class)
	@ConditionalOnBooleanProperty(name = "llm-breaker.webclient.enabled", matchIfMissing = true)
	static final class CustomizerConfiguration {

		/**
		 * The last one, so that the filter is the innermost: what other filters change is
		 * what it sees, and what they retry asks the breakers each time.
		 */
		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnMissingBean(name = "llmBreakerWebClientCustomizer")
		WebClientCustomizer llmBreakerWebClientCustomizer(LlmBreakerExchangeFilterFunction filter) {
			return (builder) -> builder.filters((filters) -> {
				if (filters.stream().noneMatch(LlmBreakerExchangeFilterFunction.class::isInstance)) {
					filters.add(filter);
				}
			});
		}

	}

}
