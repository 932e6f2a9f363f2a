// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless {@code llm-breaker.enabled} is {@code false}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnLlmBreakerEnabled.OnLlmBreakerEnabled.class)
@interface ConditionalOnLlmBreakerEnabled {

	/**
	 * Whether it must be on or off.
	 * @return {@code false} to match only while it is off
	 */
	boolean value() default true;

	/**
	 * Reads {@code llm-breaker.enabled} as the properties do: {@code off} is
	 * {@code false}, too, and what is neither stops the application.
	 */
	final class OnLlmBreakerEnabled extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean wanted = metadata.getAnnotations().get(ConditionalOnLlmBreakerEnabled.class).getBoolean("value");
			boolean enabled = Binder.get(context.getEnvironment())
				.bind("llm-breaker.enabled", Boolean.class)
				.orElse(true);
			return new ConditionOutcome(enabled == wanted,
					ConditionMessage.forCondition(ConditionalOnLlmBreakerEnabled.class)
						.because("llm-breaker.enabled is " + enabled));
		}

	}

}
