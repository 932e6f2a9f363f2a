// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.time.InstantSource;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.provider.CallIdentifier;
import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Puts the LLM calls of a {@code RestClient} or {@code RestTemplate} behind the breakers
 * of their models; everything else passes untouched.
 * <p>
 * The body of a good answer is observed while the caller reads it, so the outcome is
 * known when the caller has read it to its end or closed it. Time limits are those of the
 * HTTP client, which alone can end a blocking call; of the configured ones only the total
 * time is used, to decide whether there is time for another attempt.
 *
 * @since 0.1.0
 */
public final class LlmBreakerClientHttpRequestInterceptor implements ClientHttpRequestInterceptor {

	private final @Nullable RequestGuard guard;

	/**
	 * Creates an interceptor that makes requests to other providers with a client of the
	 * JDK, which follows no redirects.
	 * @param providers tells which requests are LLM calls
	 * @param registry the breakers
	 * @param clock the wall clock, for wait hints that name an instant
	 * @param ticker the clock for durations
	 */
	public LlmBreakerClientHttpRequestInterceptor(LlmProviders providers, BreakerRegistry registry, InstantSource clock,
			Ticker ticker) {
		this(providers, registry, clock, ticker, new PlainRequestFactory());
	}

	/**
	 * Creates an interceptor.
	 * @param providers tells which requests are LLM calls
	 * @param registry the breakers
	 * @param clock the wall clock, for wait hints that name an instant
	 * @param ticker the clock for durations
	 * @param elsewhere makes the requests that fall back to another provider, which
	 * neither the request factory of the client nor the interceptors after this one see;
	 * should add no headers and follow no redirects
	 */
	public LlmBreakerClientHttpRequestInterceptor(LlmProviders providers, BreakerRegistry registry, InstantSource clock,
			Ticker ticker, ClientHttpRequestFactory elsewhere) {
		this.guard = new RequestGuard(new CallIdentifier(providers), providers, registry, clock, ticker, elsewhere);
	}

	private LlmBreakerClientHttpRequestInterceptor() {
		this.guard = null;
	}

	/**
	 * Returns an interceptor that stands in while nothing is guarded.
	 * @return an interceptor that lets all requests pass untouched
	 */
	public static LlmBreakerClientHttpRequestInterceptor unguarded() {
		return new LlmBreakerClientHttpRequestInterceptor();
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return (this.guard != null) ? this.guard.execute(request, body, execution) : execution.execute(request, body);
	}

}
