// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.metrics.FleetMeters;
import io.github.llmbreaker.metrics.MetricsBreakerListener;
import io.github.llmbreaker.provider.LlmProviders;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for meters of calls and breakers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { LlmBreakerAutoConfiguration.class, LlmBreakerFleetAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnLlmBreakerEnabled
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class LlmBreakerMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MetricsBreakerListener llmBreakerMetricsListener(ObjectProvider<MeterRegistry> registry,
			ObjectProvider<LlmProviders> providers) {
		return new MetricsBreakerListener(SingletonSupplier.of(registry::getObject),
				() -> providers.getObject().isPartitioned());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(BreakerSync.class)
	FleetMeters llmBreakerFleetMeters(BreakerSync sync) {
		return new FleetMeters(sync);
	}

}
