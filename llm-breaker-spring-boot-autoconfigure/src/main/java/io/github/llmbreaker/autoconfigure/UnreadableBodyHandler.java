// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.function.Predicate;

import io.github.llmbreaker.actuate.endpoint.ProblemDescriptor;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Spring WebFlux: tells what is allowed to who sends the endpoint a body that is no JSON,
 * or not such JSON.
 */
final class UnreadableBodyHandler implements WebExceptionHandler, Ordered {

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
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
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
