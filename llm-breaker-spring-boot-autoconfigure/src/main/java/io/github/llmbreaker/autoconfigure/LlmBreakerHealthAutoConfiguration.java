// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.health.LlmBreakersHealthIndicator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

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
	LlmBreakersHealthIndicator llmBreakersHealthContributor(BreakerRegistry registry, LlmBreakerProperties properties,
			Environment environment, ObjectProvider<BreakerSync> sync) {
		return new LlmBreakersHealthIndicator(registry::all,
				statusOf(properties.health().criticalStatus(), environment),
				sync.getIfUnique(() -> BreakerSync.LOCAL)::fleet);
	}

	private static Status statusOf(String code, Environment environment) {
		String wanted = code.trim().toUpperCase(Locale.ROOT).replace('-', '_');
		List<String> known = known(environment);
		if (!known.contains(wanted)) {
			throw new LlmBreakerConfigurationException("llm-breaker.health.critical-status", code,
					"must be a health status",
					"Set it to one of: %s; statuses of your own go into 'management.endpoint.health.status.order'."
						.formatted(String.join(", ", known)));
		}
		return new Status(wanted);
	}

	/** Spring Boot takes a status that is not in its order for the least severe one. */
	private static List<String> known(Environment environment) {
		Stream<String> standard = Stream.of(Status.UP, Status.DOWN, Status.OUT_OF_SERVICE, Status.UNKNOWN)
			.map(Status::getCode);
		Stream<String> own = Binder.get(environment)
			.bind("management.endpoint.health.status.order", Bindable.listOf(String.class))
			.orElse(List.of())
			.stream()
			.map((status) -> status.toUpperCase(Locale.ROOT).replace('-', '_'));
		return Stream.concat(standard, own).distinct().toList();
	}

}
