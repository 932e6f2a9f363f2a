/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setContentLength(body.length);
		DataBuffer buffer = response.bufferFactory().wrap(body);
		return response.writeWith(Mono.just(buffer));
	}

}
