// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.web;

import io.github.llmbreaker.LlmCallRejectedException;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Spring WebFlux: answers a request with 503 and {@code Retry-After} when nobody else
 * handles its {@link LlmCallRejectedException}. Comes after all exception handlers of the
 * application and before Spring Boot's error page.
 *
 * @since 0.1.0
 */
public final class LlmCallRejectedWebExceptionHandler implements WebExceptionHandler, Ordered {

	// as Spring Boot's own, which is registered later
	private static final int ORDER = -1;

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		RejectionProblem problem = RejectionProblem.find(ex);
		ServerHttpResponse response = exchange.getResponse();
		if (problem == null || !response.setStatusCode(HttpStatusCode.valueOf(RejectionProblem.STATUS))) {
			return Mono.error(ex);
		}
		byte[] body = problem.body();
		HttpHeaders headers = response.getHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfterSeconds()));
		headers.set(RejectionProblem.SHOULD_RETRY, RejectionProblem.SHOULD_NOT_RETRY);
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setContentLength(body.length);
		DataBuffer buffer = response.bufferFactory().wrap(body);
		return response.writeWith(Mono.just(buffer));
	}

}
