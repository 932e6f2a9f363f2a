// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.web.LlmCallRejectedExceptionResolver;
import io.github.llmbreaker.web.LlmCallRejectedWebExceptionHandler;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerWebAutoConfiguration}.
 */
class LlmBreakerWebAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations
		.of(LlmBreakerAutoConfiguration.class, LlmBreakerWebAutoConfiguration.class);

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	@Test
	void answersInServletApplications() {
		this.servlet.run((context) -> assertThat(context).hasSingleBean(HandlerExceptionResolver.class)
			.doesNotHaveBean(WebExceptionHandler.class));
	}

	@Test
	void answersInReactiveApplications() {
		this.reactive.run((context) -> assertThat(context).hasSingleBean(WebExceptionHandler.class)
			.doesNotHaveBean(HandlerExceptionResolver.class));
	}

	@Test
	void isOffInApplicationsWithoutWeb() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(context).doesNotHaveBean(HandlerExceptionResolver.class)
				.doesNotHaveBean(WebExceptionHandler.class));
	}

	@Test
	void isOffByItsProperty() {
		this.servlet.withPropertyValues("llm-breaker.web.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HandlerExceptionResolver.class));
		this.reactive.withPropertyValues("llm-breaker.web.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WebExceptionHandler.class));
	}

	@Test
	void isOffWhenNothingIsGuarded() {
		this.servlet.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HandlerExceptionResolver.class));
	}

	@Test
	void isOffWithoutTheLibraries() {
		this.servlet.withClassLoader(new FilteredClassLoader(HandlerExceptionResolver.class))
			.run((context) -> assertThat(context).doesNotHaveBean("llmCallRejectedExceptionResolver"));
		this.reactive.withClassLoader(new FilteredClassLoader(WebExceptionHandler.class))
			.run((context) -> assertThat(context).doesNotHaveBean("llmCallRejectedWebExceptionHandler"));
	}

	@Test
	void backsOffForUserBeans() {
		this.servlet.withUserConfiguration(UserConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(LlmCallRejectedExceptionResolver.class)
				.hasBean("userResolver"));
		this.reactive.withUserConfiguration(UserConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(LlmCallRejectedWebExceptionHandler.class)
				.hasBean("userHandler"));
	}

	@Configuration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		LlmCallRejectedExceptionResolver userResolver() {
			return new LlmCallRejectedExceptionResolver();
		}

		@Bean
		LlmCallRejectedWebExceptionHandler userHandler() {
			return new LlmCallRejectedWebExceptionHandler();
		}

	}

}
