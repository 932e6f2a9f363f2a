// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;
import java.time.InstantSource;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSettings;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.RegistryLlmBreakers;
import io.github.llmbreaker.call.UnguardedLlmBreakers;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.thrown.ClientFailures;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the breakers themselves.
 *
 * @since 0.1.0
 */
@AutoConfiguration
public final class LlmBreakerAutoConfiguration {

	/**
	 * Breakers that guard.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@EnableConfigurationProperties(LlmBreakerProperties.class)
	static final class EnabledConfiguration {

		EnabledConfiguration(Environment environment) {
			UnknownKeys.check(environment);
		}

		@Bean
		@ConditionalOnMissingBean
		Ticker llmBreakerTicker() {
			return Ticker.SYSTEM;
		}

		@Bean
		@ConditionalOnMissingBean
		LlmProviders llmProviders(LlmBreakerProperties properties, ObjectProvider<LlmDialect> dialects) {
			return new ProviderCatalog(dialects.orderedStream()).create(properties.providers());
		}

		@Bean
		@ConditionalOnMissingBean
		LlmPolicies llmPolicies(LlmBreakerProperties properties, LlmProviders providers) {
			new PolicyCheck(properties).run();
			new FallbackCheck(providers, properties).run();
			return new PolicyCatalog(properties, (id) -> providers.find(id).isPresent());
		}

		// not lazy, so that a wrong value always shows at the start
		@Bean
		@Lazy(false)
		@ConditionalOnMissingBean
		BreakerRegistry llmBreakerRegistry(LlmBreakerProperties properties, LlmPolicies policies,
				ObjectProvider<OutcomeCustomizer> customizers, ObjectProvider<BreakerListener> listeners, Ticker ticker,
				ObjectProvider<Clock> clock) {
			InstantSource wallClock = clock.getIfUnique(Clock::systemUTC);
			return new BreakerRegistry(new BreakerSettings(properties.mode(), properties.isolation(),
					properties.maxBreakers(), policies, LlmProviders::isInference, customizers.orderedStream().toList(),
					listeners.orderedStream().toList(), ticker, wallClock));
		}

		@Bean
		@ConditionalOnMissingBean
		ClientFailures llmClientFailures(LlmProviders providers, ObjectProvider<Clock> clock) {
			return new ClientFailures(providers, clock.getIfUnique(Clock::systemUTC));
		}

		@Bean
		@ConditionalOnMissingBean
		CallGuard llmCallGuard(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, Ticker ticker,
				ObjectProvider<Clock> clock) {
			return new CallGuard(registry, providers, failures, clock.getIfUnique(Clock::systemUTC), ticker);
		}

		@Bean
		@ConditionalOnMissingBean
		LlmBreakers llmBreakers(CallGuard guard) {
			return new RegistryLlmBreakers(guard);
		}

	}

	/**
	 * What the application's own code asks for, when nothing is to be guarded.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled(false)
	static final class DisabledConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LlmBreakers llmBreakers() {
			return new UnguardedLlmBreakers();
		}

	}

}
