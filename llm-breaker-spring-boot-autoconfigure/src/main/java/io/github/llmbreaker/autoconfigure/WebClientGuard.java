// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Guards a {@code WebClient} that was not built with the builder of Spring Boot.
 *
 * @param filter what guards it
 */
record WebClientGuard(LlmBreakerExchangeFilterFunction filter) implements ClientGuard {

	@Override
	public Object guarded(Object part, String bean) {
		if (!(part instanceof WebClient client)) {
			return part;
		}
		boolean[] added = new boolean[1];
		WebClient.Builder builder = client.mutate().filters((filters) -> {
			added[0] = filters.stream().noneMatch(LlmBreakerExchangeFilterFunction.class::isInstance);
			if (added[0]) {
				filters.add(this.filter);
			}
		});
		return added[0] ? builder.build() : client;
	}

}
