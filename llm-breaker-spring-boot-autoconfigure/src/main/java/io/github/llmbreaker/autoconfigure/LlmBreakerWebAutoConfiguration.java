// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.web.LlmCallRejectedExceptionResolver;
import io.github.llmbreaker.web.LlmCallRejectedWebExceptionHandler;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the answer to web requests whose LLM call was rejected.
 *
 * @since 0.1.0
 */
// before: exception handlers of the same order are asked in the order of registration
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class,
		beforeName = "org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration")
@ConditionalOnLlmBreakerEnabled
@ConditionalOnBooleanProperty(name = "llm-breaker.web.enabled", matchIfMissing = true)
public final class LlmBreakerWebAutoConfiguration {

	/**
	 * For Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(name = { "org.springframework.web.servlet.HandlerExceptionResolver",
			"jakarta.servlet.http.HttpServletResponse" })
	static final class MvcConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LlmCallRejectedExceptionResolver llmCallRejectedExceptionResolver() {
			return new LlmCallRejectedExceptionResolver();
		}

	}

	/**
	 * For Spring WebFlux.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnClass(name = { "org.springframework.web.server.WebExceptionHandler", "reactor.core.publisher.Mono" })
	static final class WebFluxConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LlmCallRejectedWebExceptionHandler llmCallRejectedWebExceptionHandler() {
			return new LlmCallRejectedWebExceptionHandler();
		}

	}

}
