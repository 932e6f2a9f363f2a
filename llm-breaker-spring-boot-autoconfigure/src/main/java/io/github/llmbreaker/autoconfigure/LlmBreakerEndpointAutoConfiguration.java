// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersJmxEndpointExtension;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersWebEndpointExtension;
import io.github.llmbreaker.breaker.BreakerRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configuration for the endpoint {@code llmbreakers}. It is there also when no calls
 * are guarded, to say so.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(LlmBreakersEndpoint.class)
@ImportRuntimeHints(LlmBreakerEndpointAutoConfiguration.PageHints.class)
public final class LlmBreakerEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmBreakersEndpoint llmBreakersEndpoint(ObjectProvider<BreakerRegistry> registry) {
		return new LlmBreakersEndpoint(registry.getIfAvailable(BreakerRegistry::off));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = LlmBreakersEndpoint.class, exposure = EndpointExposure.WEB)
	LlmBreakersWebEndpointExtension llmBreakersWebEndpointExtension(LlmBreakersEndpoint endpoint) {
		return new LlmBreakersWebEndpointExtension(endpoint);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = LlmBreakersEndpoint.class, exposure = EndpointExposure.JMX)
	LlmBreakersJmxEndpointExtension llmBreakersJmxEndpointExtension(LlmBreakersEndpoint endpoint) {
		return new LlmBreakersJmxEndpointExtension(endpoint);
	}

	/**
	 * Keeps the page in a native image.
	 */
	static final class PageHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("io/github/llmbreaker/actuate/endpoint/llmbreakers.html");
		}

	}

}
