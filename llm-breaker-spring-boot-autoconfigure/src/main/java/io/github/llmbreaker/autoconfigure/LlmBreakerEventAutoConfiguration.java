// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;

import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.breaker.LoggingBreakerListener;
import io.github.llmbreaker.event.DispatchingBreakerListener;
import io.github.llmbreaker.event.PublishingBreakerListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for what the application is told: log, Spring events and
 * {@link LlmCallListener}s.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnLlmBreakerEnabled
public final class LlmBreakerEventAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LoggingBreakerListener llmBreakerLoggingListener() {
		return new LoggingBreakerListener();
	}

	@Bean
	@ConditionalOnMissingBean
	PublishingBreakerListener llmBreakerPublishingListener(ApplicationEventPublisher publisher,
			ObjectProvider<Clock> clock) {
		return new PublishingBreakerListener(publisher, clock.getIfUnique(Clock::systemUTC),
				new NamedThreadFactory("llm-breaker-events"));
	}

	@Bean
	@ConditionalOnBean(LlmCallListener.class)
	@ConditionalOnMissingBean
	DispatchingBreakerListener llmBreakerDispatchingListener(ObjectProvider<LlmCallListener> listeners) {
		return new DispatchingBreakerListener(() -> listeners.orderedStream().toList(),
				new NamedThreadFactory("llm-breaker-listeners"));
	}

}
