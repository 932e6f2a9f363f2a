// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestFactory;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Guards the HTTP clients of one kind that are inside of models of Spring AI. The kinds
 * are classes of their own because an application may lack them.
 */
@FunctionalInterface
interface ClientGuard {

	/**
	 * Returns a guarded client that is otherwise the same; the same object if it is no
	 * client of this kind, or guarded already.
	 * @param part a part of a model, such as its client
	 * @param bean the name of the bean that it is part of
	 */
	Object guarded(Object part, String bean);

	/**
	 * A {@code RestClient} that was not built with the builder of Spring Boot.
	 *
	 * @param interceptor what guards it
	 */
	record OfRestClient(LlmBreakerClientHttpRequestInterceptor interceptor) implements ClientGuard {

		private static final String FACTORY = "clientRequestFactory";

		@Override
		public Object guarded(Object part, String bean) {
			if (!(part instanceof RestClient client)) {
				return part;
			}
			PropertyAccessor fields = new DirectFieldAccessor(client);
			if (fields.isReadableProperty(FACTORY)
					&& fields.getPropertyValue(FACTORY) instanceof LlmBreakerClientHttpRequestFactory) {
				return client;
			}
			boolean[] added = new boolean[1];
			RestClient.Builder builder = client.mutate().requestInterceptors((interceptors) -> {
				int before = interceptors.size();
				GuardedRestClientBuilder.addOnce(interceptors, this.interceptor);
				added[0] = interceptors.size() > before;
			});
			return added[0] ? builder.build() : client;
		}

	}

	/**
	 * A {@code WebClient} that was not built with the builder of Spring Boot.
	 *
	 * @param filter what guards it
	 */
	record OfWebClient(LlmBreakerExchangeFilterFunction filter) implements ClientGuard {

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

}
