// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.actuate.endpoint.PageAccess;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tells the page what it must send along to change a breaker, on Spring WebFlux, where an
 * endpoint can't see the exchange it answers.
 */
final class ReactivePageTokenFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if ("access".equals(exchange.getRequest().getQueryParams().getFirst("page"))
				&& exchange.getAttribute(CsrfToken.class.getName()) instanceof Mono<?> token) {
			return token.cast(CsrfToken.class)
				.doOnNext((found) -> send(found, exchange.getResponse().getHeaders()))
				.then(chain.filter(exchange));
		}
		return chain.filter(exchange);
	}

	private static void send(CsrfToken token, HttpHeaders headers) {
		headers.set(PageAccess.TOKEN_NAME_HEADER, token.getHeaderName());
		headers.set(PageAccess.TOKEN_HEADER, token.getToken());
	}

}
