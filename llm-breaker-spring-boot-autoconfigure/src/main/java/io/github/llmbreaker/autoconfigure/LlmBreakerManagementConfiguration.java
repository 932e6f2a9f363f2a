// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.actuate.endpoint.ProblemDescriptor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

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

		/**
		 * Tells what is allowed to who sends the endpoint a body that is no JSON, or not
		 * such JSON. Comes before the handlers of the application, as it is for this
		 * endpoint only.
		 */
		static final class UnreadableBodyResolver implements HandlerExceptionResolver, Ordered {

			private final Predicate<Object> isOurs;

			UnreadableBodyResolver(Predicate<Object> isOurs) {
				this.isOurs = isOurs;
			}

			@Override
			public int getOrder() {
				return Ordered.HIGHEST_PRECEDENCE;
			}

			@Override
			public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
					@Nullable Object handler, Exception ex) {
				Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
				if (!(ex instanceof HttpMessageNotReadableException) || pattern == null || !this.isOurs.test(pattern)) {
					return null;
				}
				response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
				response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
				try {
					response.getOutputStream().write(ProblemDescriptor.unreadable());
				}
				catch (IOException failure) {
					throw new UncheckedIOException(failure);
				}
				return new ModelAndView();
			}

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

		/**
		 * Tells what is allowed to who sends the endpoint a body that is no JSON, or not
		 * such JSON.
		 */
		static final class UnreadableBodyHandler implements WebExceptionHandler, Ordered {

			private final Predicate<Object> isOurs;

			UnreadableBodyHandler(Predicate<Object> isOurs) {
				this.isOurs = isOurs;
			}

			@Override
			public int getOrder() {
				return Ordered.HIGHEST_PRECEDENCE;
			}

			@Override
			public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
				Object pattern = exchange
					.getAttribute(org.springframework.web.reactive.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
				ServerHttpResponse response = exchange.getResponse();
				if (!(ex instanceof ServerWebInputException) || pattern == null || !this.isOurs.test(pattern)
						|| !response.setStatusCode(HttpStatus.BAD_REQUEST)) {
					return Mono.error(ex);
				}
				response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
				return response
					.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(ProblemDescriptor.unreadable())));
			}

		}

	}

}
