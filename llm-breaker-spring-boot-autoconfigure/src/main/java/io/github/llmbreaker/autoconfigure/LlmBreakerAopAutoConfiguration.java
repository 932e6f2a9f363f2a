// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.aop.LlmGuardedBeanPostProcessor;
import io.github.llmbreaker.aop.MethodGuards;
import io.github.llmbreaker.call.CallGuard;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for methods with {@code @LlmGuarded}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnLlmBreakerEnabled
@ConditionalOnClass({ ProxyFactory.class, MethodInterceptor.class })
@ConditionalOnBooleanProperty(name = "llm-breaker.aop.enabled", matchIfMissing = true)
public final class LlmBreakerAopAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MethodGuards llmMethodGuards(CallGuard guard) {
		return new MethodGuards(guard);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnMissingBean
	static LlmGuardedBeanPostProcessor llmGuardedBeanPostProcessor(ObjectProvider<MethodGuards> guards,
			Environment environment) {
		LlmGuardedBeanPostProcessor postProcessor = new LlmGuardedBeanPostProcessor(guards);
		postProcessor
			.setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
		return postProcessor;
	}

}
