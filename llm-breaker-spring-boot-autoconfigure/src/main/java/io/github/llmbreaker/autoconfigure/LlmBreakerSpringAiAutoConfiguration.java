// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Map;

import io.github.llmbreaker.springai.ChatModelDefinitions;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for what Spring AI does besides sending requests.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnLlmBreakerEnabled
@ConditionalOnClass({ ChatModel.class, Flux.class })
@ConditionalOnBooleanProperty(name = "llm-breaker.spring-ai.enabled", matchIfMissing = true)
public final class LlmBreakerSpringAiAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BeanPostProcessor llmBreakerSpringAiRetries(ObjectProvider<LlmBreakerProperties> properties) {
		return new SpringAiRetries(properties);
	}

	/** Before those who know whether they can answer only when their models are made. */
	@Bean
	@Order(0)
	SpringAiFallbackBeans llmBreakerSpringAiFallbackBeans(ListableBeanFactory beans, LlmBreakerProperties properties) {
		return new SpringAiFallbackBeans(beans, properties.springAi());
	}

	/** Earlier than configuration properties are bound. */
	@Bean
	static ChatModelDefinitions llmBreakerChatModelDefinitions(Environment environment) {
		return new ChatModelDefinitions(() -> Binder.get(environment)
			.bind("llm-breaker.spring-ai.models", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of()));
	}

}
