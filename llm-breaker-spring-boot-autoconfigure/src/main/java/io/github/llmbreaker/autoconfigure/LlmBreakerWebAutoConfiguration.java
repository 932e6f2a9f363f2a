/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
