// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSettings;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.CallObserver;
import io.github.llmbreaker.call.RegistryLlmBreakers;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.UnguardedHosts;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
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

	private static final Logger logger = LoggerFactory.getLogger(LlmBreakerAutoConfiguration.class);

	private final ObjectProvider<Clock> clock;

	LlmBreakerAutoConfiguration(ObjectProvider<Clock> clock) {
		this.clock = clock;
	}

	@Bean
	@ConditionalOnMissingBean
	Ticker llmBreakerTicker() {
		return Ticker.SYSTEM;
	}

	@Bean
	@ConditionalOnMissingBean
	ClientFailures llmClientFailures(LlmProviders providers) {
		return new ClientFailures(providers, wallClock());
	}

	@Bean
	@ConditionalOnMissingBean
	CallGuard llmCallGuard(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, Ticker ticker,
			ObjectProvider<CallObserver> observer) {
		providers.unguarded().report(LlmBreakerAutoConfiguration::warn);
		return new CallGuard(registry, providers, failures, wallClock(), ticker)
			.observedBy(observer.getIfUnique(() -> CallObserver.NONE));
	}

	@Bean
	@ConditionalOnMissingBean
	LlmBreakers llmBreakers(CallGuard guard) {
		return new RegistryLlmBreakers(guard);
	}

	private static void warn(UnguardedHosts.Host host) {
		logger.warn("Calls to host '{}' look like LLM calls and are not guarded. To guard them, configure{}{}",
				host.host(), System.lineSeparator(), host.hint());
	}

	private InstantSource wallClock() {
		return this.clock.getIfUnique(Clock::systemUTC);
	}

	/**
	 * Breakers that guard.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled
	@EnableConfigurationProperties(LlmBreakerProperties.class)
	static final class EnabledConfiguration {

		private final ObjectProvider<Clock> clock;

		EnabledConfiguration(Environment environment, ObjectProvider<Clock> clock) {
			this.clock = clock;
			ConfiguredKeys.check(environment);
		}

		@Bean
		@ConditionalOnMissingBean
		LlmProviders llmProviders(LlmBreakerProperties properties, ObjectProvider<LlmDialect> dialects) {
			return new ProviderCatalog(dialects.orderedStream()).create(properties.providers(), properties.partition());
		}

		@Bean
		@ConditionalOnMissingBean
		LlmPolicies llmPolicies(LlmBreakerProperties properties, LlmProviders providers,
				ExpectedFallbackBeans fallbackBeans) {
			return new ReloadablePolicies(PolicyCatalog.checked(properties, providers, fallbackBeans));
		}

		@Bean
		@ConditionalOnBooleanProperty(name = "llm-breaker.reload.enabled", matchIfMissing = true)
		PolicyReloadListener llmBreakerPolicyReload(LlmBreakerProperties properties, LlmProviders providers,
				ObjectProvider<FallbackBeans> fallbackBeans, LlmPolicies policies, BreakerRegistry registry,
				Environment environment) {
			return new PolicyReloadListener(environment, properties, providers, fallbackBeans, policies, registry);
		}

		@Bean
		ExpectedFallbackBeans llmBreakerExpectedFallbackBeans(ObjectProvider<FallbackBeans> fallbackBeans) {
			return new ExpectedFallbackBeans(fallbackBeans);
		}

		// not lazy, so that a wrong value always shows at the start
		@Bean
		@Lazy(false)
		@ConditionalOnMissingBean
		BreakerRegistry llmBreakerRegistry(LlmBreakerProperties properties, LlmPolicies policies,
				ObjectProvider<OutcomeCustomizer> customizers, ObjectProvider<BreakerListener> listeners,
				ObjectProvider<BreakerSync> sync, Ticker ticker) {
			return new BreakerRegistry(
					new BreakerSettings(properties.mode(), properties.isolation(), properties.maxBreakers(), policies,
							LlmProviders::isInference, customizers.orderedStream().toList(),
							listeners.orderedStream().toList(), ticker, this.clock.getIfUnique(Clock::systemUTC)),
					sync.getIfUnique(() -> BreakerSync.LOCAL));
		}

		@Bean
		@Lazy(false)
		StartReport llmBreakerStartReport(LlmBreakerProperties properties, LlmProviders providers,
				ConfigurableListableBeanFactory beanFactory, Environment environment) {
			return new StartReport(properties, providers, beanFactory, environment);
		}

	}

	/**
	 * The same when nothing is to be guarded: no request is known, no breaker kept.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnLlmBreakerEnabled(false)
	static final class DisabledConfiguration {

		DisabledConfiguration() {
			logger.info("No LLM call is guarded, as 'llm-breaker.enabled' is false");
		}

		@Bean
		@ConditionalOnMissingBean
		LlmProviders llmProviders() {
			return new LlmProviders(List.of(), List.of());
		}

		@Bean
		@ConditionalOnMissingBean
		BreakerRegistry llmBreakerRegistry() {
			return BreakerRegistry.off();
		}

	}

}
