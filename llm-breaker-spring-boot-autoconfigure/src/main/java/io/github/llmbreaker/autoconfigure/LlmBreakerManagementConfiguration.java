// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the endpoint needs on the server that it is on, be it the application's or the one
 * of a management port: an answer to bodies that nobody can read.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnAvailableEndpoint(endpoint = LlmBreakersEndpoint.class, exposure = EndpointExposure.WEB)
final class LlmBreakerManagementConfiguration {

	private static final EndpointId ENDPOINT = EndpointId.of("llmbreakers");

	/** Of the operations on one breaker. */
	static boolean isPattern(Object pattern, ObjectProvider<PathMappedEndpoints> endpoints) {
		PathMappedEndpoints mapped = endpoints.getIfAvailable();
		String path = (mapped != null) ? mapped.getPath(ENDPOINT) : null;
		return path != null && pattern.toString().startsWith(path + "/");
	}

	/**
	 * On Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(name = { "org.springframework.web.servlet.HandlerExceptionResolver",
			"jakarta.servlet.http.HttpServletResponse" })
	static final class MvcManagementConfiguration {

		@Bean
		UnreadableBodyResolver llmBreakersUnreadableBodyResolver(ObjectProvider<PathMappedEndpoints> endpoints) {
			return new UnreadableBodyResolver((pattern) -> isPattern(pattern, endpoints));
		}

	}

	/**
	 * On Spring WebFlux.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass(name = { "org.springframework.web.reactive.HandlerMapping", "reactor.core.publisher.Mono" })
	static final class WebFluxManagementConfiguration {

		@Bean
		UnreadableBodyHandler llmBreakersUnreadableBodyHandler(ObjectProvider<PathMappedEndpoints> endpoints) {
			return new UnreadableBodyHandler((pattern) -> isPattern(pattern, endpoints));
		}

	}

}
