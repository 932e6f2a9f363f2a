// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Locale;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.health.LlmBreakersHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the breakers' part of the application's health.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("llmbreakers")
@ConditionalOnLlmBreakerEnabled
@ConditionalOnBean(BreakerRegistry.class)
public final class LlmBreakerHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "llmBreakersHealthIndicator", "llmBreakersHealthContributor" })
	LlmBreakersHealthIndicator llmBreakersHealthContributor(BreakerRegistry registry, LlmBreakerProperties properties) {
		return new LlmBreakersHealthIndicator(registry::all, statusOf(properties.health().criticalStatus()));
	}

	private static Status statusOf(String code) {
		return new Status(code.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
