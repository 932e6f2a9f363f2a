// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.call.CallObserver;
import io.github.llmbreaker.observation.LlmCallObservationConvention;
import io.github.llmbreaker.observation.MicrometerCallObserver;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for observations of guarded calls, and so for traces of them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnLlmBreakerEnabled
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "llm-breaker.observations.enabled", matchIfMissing = true)
public final class LlmBreakerObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CallObserver llmCallObserver(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<LlmCallObservationConvention> convention, LlmBreakerProperties properties) {
		return new MicrometerCallObserver(SingletonSupplier.of(registry::getObject),
				SingletonSupplier.ofNullable(convention::getIfAvailable), properties.maxBreakers());
	}

}
