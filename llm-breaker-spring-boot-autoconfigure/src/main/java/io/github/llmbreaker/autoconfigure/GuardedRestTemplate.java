// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;

import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestFactory;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;

import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInitializer;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/**
 * Guards a {@link RestTemplate} by an interceptor only if it has other interceptors. If
 * it has none the guard is in front of its request factory. Should somebody replace that,
 * the first request passes, and the guard is back with the next.
 *
 * @param restTemplate what is guarded
 * @param interceptor the guard
 */
record GuardedRestTemplate(RestTemplate restTemplate,
		LlmBreakerClientHttpRequestInterceptor interceptor) implements ClientHttpRequestInitializer {

	static void guard(RestTemplate restTemplate, LlmBreakerClientHttpRequestInterceptor interceptor) {
		List<ClientHttpRequestInterceptor> interceptors = restTemplate.getInterceptors();
		if (!interceptors.isEmpty() || restTemplate.getBufferingPredicate() != null) {
			GuardedRestClientBuilder.addOnce(interceptors, interceptor);
			return;
		}
		GuardedRestTemplate guarded = new GuardedRestTemplate(restTemplate, interceptor);
		guarded.guardRequestFactory();
		restTemplate.getClientHttpRequestInitializers().add(guarded);
	}

	@Override
	public void initialize(ClientHttpRequest request) {
		if (!isGuarded()) {
			guardRequestFactory();
		}
	}

	private void guardRequestFactory() {
		ClientHttpRequestFactory current = this.restTemplate.getRequestFactory();
		if (current instanceof InterceptingClientHttpRequestFactory intercepting) {
			current = intercepting.getDelegate();
		}
		this.restTemplate.setRequestFactory(new LlmBreakerClientHttpRequestFactory(current, this.interceptor));
	}

	private boolean isGuarded() {
		ClientHttpRequestFactory current = this.restTemplate.getRequestFactory();
		while (current instanceof AbstractClientHttpRequestFactoryWrapper wrapper) {
			if (current instanceof LlmBreakerClientHttpRequestFactory) {
				return true;
			}
			current = wrapper.getDelegate();
		}
		return false;
	}

}
