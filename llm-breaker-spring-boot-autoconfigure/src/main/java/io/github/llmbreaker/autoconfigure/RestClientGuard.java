// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestFactory;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.web.client.RestClient;

/**
 * Guards a {@code RestClient} that was not built with the builder of Spring Boot.
 *
 * @param interceptor what guards it
 */
record RestClientGuard(LlmBreakerClientHttpRequestInterceptor interceptor) implements ClientGuard {

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
