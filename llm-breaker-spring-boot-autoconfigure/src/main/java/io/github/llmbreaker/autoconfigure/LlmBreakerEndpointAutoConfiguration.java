// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;
import java.util.List;

import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersJmxEndpointExtension;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersWebEndpointExtension;
import io.github.llmbreaker.actuate.endpoint.PageAccess;
import io.github.llmbreaker.actuate.endpoint.TimelineBreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.server.WebFilter;

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
	TimelineBreakerListener llmBreakerTimelineListener(ObjectProvider<BreakerRegistry> registry,
			ObjectProvider<Clock> clock) {
		return new TimelineBreakerListener(() -> registry.getIfAvailable(BreakerRegistry::off).all(),
				clock.getIfUnique(Clock::systemUTC), new NamedThreadFactory("llm-breaker-timelines"));
	}

	@Bean
	@ConditionalOnMissingBean
	LlmBreakersEndpoint llmBreakersEndpoint(ObjectProvider<BreakerRegistry> registry, TimelineBreakerListener timelines,
			ObjectProvider<LlmProviders> providers, ObjectProvider<LlmBreakerProperties> properties,
			ObjectProvider<LlmPolicies> policies, ObjectProvider<BreakerSync> sync) {
		return new LlmBreakersEndpoint(registry.getIfAvailable(BreakerRegistry::off), timelines,
				providers.getIfAvailable(() -> new LlmProviders(List.of(), List.of())),
				() -> ReloadablePolicies.describe(policies.getIfUnique(), properties),
				sync.getIfUnique(() -> BreakerSync.LOCAL)::fleet);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = LlmBreakersEndpoint.class, exposure = EndpointExposure.WEB)
	LlmBreakersWebEndpointExtension llmBreakersWebEndpointExtension(LlmBreakersEndpoint endpoint,
			ObjectProvider<PageAccess> access, ObjectProvider<EndpointAccessResolver> resolver) {
		return new LlmBreakersWebEndpointExtension(endpoint,
				access.getIfAvailable(() -> new EndpointPageAccess(resolver.getIfAvailable())));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(endpoint = LlmBreakersEndpoint.class, exposure = EndpointExposure.JMX)
	LlmBreakersJmxEndpointExtension llmBreakersJmxEndpointExtension(LlmBreakersEndpoint endpoint) {
		return new LlmBreakersJmxEndpointExtension(endpoint);
	}

	/**
	 * With Spring Security on Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(value = { WebInvocationPrivilegeEvaluator.class, RequestContextHolder.class },
			name = "jakarta.servlet.http.HttpServletRequest")
	@ConditionalOnAvailableEndpoint(endpoint = LlmBreakersEndpoint.class, exposure = EndpointExposure.WEB)
	static final class ServletSecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean(PageAccess.class)
		ServletPageAccess llmBreakersPageAccess(ObjectProvider<EndpointAccessResolver> resolver,
				ObjectProvider<WebInvocationPrivilegeEvaluator> evaluator) {
			return new ServletPageAccess(new EndpointPageAccess(resolver.getIfAvailable()), evaluator);
		}

	}

	/**
	 * With Spring Security on Spring WebFlux.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass({ CsrfToken.class, WebFilter.class })
	@ConditionalOnAvailableEndpoint(endpoint = LlmBreakersEndpoint.class, exposure = EndpointExposure.WEB)
	static final class ReactiveSecurityConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReactivePageTokenFilter llmBreakersPageTokenFilter() {
			return new ReactivePageTokenFilter();
		}

	}

	/**
	 * Keeps the page in a native image.
	 */
	static final class PageHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("io/github/llmbreaker/actuate/endpoint/llmbreakers.*");
		}

	}

}
