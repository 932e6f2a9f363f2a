// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.aop.LlmGuardedBeanPostProcessor;
import io.github.llmbreaker.aop.MethodGuards;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.call.CallGuard;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LlmBreakerAopAutoConfiguration}.
 */
class LlmBreakerAopAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerAopAutoConfiguration.class));

	@Test
	void guardsMethodsByDefault() {
		this.runner.withBean(Assistant.class).run((context) -> {
			assertThat(context).hasSingleBean(LlmGuardedBeanPostProcessor.class).hasSingleBean(MethodGuards.class);
			assertThat(AopUtils.isCglibProxy(context.getBean(Assistant.class))).isTrue();
		});
	}

	@Test
	void proxiesAreThoseOfSpringAop() {
		this.runner.withBean(Assistant.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Asking.class))).isTrue());
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withBean(Assistant.class).withPropertyValues("llm-breaker.aop.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(LlmGuardedBeanPostProcessor.class);
			assertThat(AopUtils.isAopProxy(context.getBean(Assistant.class))).isFalse();
		});
		this.runner.withBean(Assistant.class)
			.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MethodGuards.class));
	}

	@Test
	void backsOffWhenUserDefinesGuards() {
		this.runner.withUserConfiguration(OwnGuards.class)
			.withBean(Assistant.class)
			.run((context) -> assertThat(context).hasSingleBean(MethodGuards.class).hasBean("ownGuards"));
	}

	@Test
	void absentWithoutSpringAop() {
		this.runner.withClassLoader(new FilteredClassLoader(ProxyFactory.class, MethodInterceptor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("llmGuardedBeanPostProcessor")
				.hasSingleBean(BreakerRegistry.class));
	}

	@Test
	void failureNamesBeanMethodReasonAndAction() {
		this.runner.withBean("assistant", Broken.class).run((context) -> {
			FailureAnalysis analysis = new InvalidLlmGuardedFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualTo("The @LlmGuarded method '" + Broken.class.getName()
					+ ".ask()' of the bean 'assistant' does not say which provider it calls.");
			assertThat(analysis.getAction()).startsWith("Set 'provider'");
		});
	}

	interface Asking {

		String ask();

	}

	static class Assistant implements Asking {

		@Override
		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask() {
			return "hi";
		}

	}

	static class Broken {

		@LlmGuarded
		public void ask() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnGuards {

		@Bean
		MethodGuards ownGuards(CallGuard guard) {
			return new MethodGuards(guard);
		}

	}

}
