// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Reads {@code llm-breaker.enabled} as the properties do: {@code off} is {@code false},
 * too, and what is neither stops the application.
 */
final class OnLlmBreakerEnabledCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean wanted = metadata.getAnnotations().get(ConditionalOnLlmBreakerEnabled.class).getBoolean("value");
		boolean enabled = Binder.get(context.getEnvironment()).bind("llm-breaker.enabled", Boolean.class).orElse(true);
		return new ConditionOutcome(enabled == wanted,
				ConditionMessage.forCondition(ConditionalOnLlmBreakerEnabled.class)
					.because("llm-breaker.enabled is " + enabled));
	}

}
