// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
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
 * known when the caller has read it to its end or closed it. Where time limits are
 * configured, another thread does what may take too long, interceptors inside this one
 * included, while the caller waits.
 * <p>
 * A request that passes an interceptor is in memory as a whole. To let uploads to other
 * hosts stream, use a {@link LlmBreakerClientHttpRequestFactory} instead.
 *
 * @since 0.1.0
 */
public final class LlmBreakerClientHttpRequestInterceptor implements ClientHttpRequestInterceptor {

	private final RequestGuard guard;

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
		this(new CallGuard(registry, providers, clock, ticker), elsewhere);
	}

	/**
	 * Creates an interceptor.
	 * @param guard what calls are guarded with
	 * @param elsewhere makes the requests that fall back to another provider
	 */
	public LlmBreakerClientHttpRequestInterceptor(CallGuard guard, ClientHttpRequestFactory elsewhere) {
		this.guard = new RequestGuard(new CallFinder(guard), guard, elsewhere);
	}

	/**
	 * Whether a request is an LLM call.
	 */
	boolean guards(URI url, @Nullable Object attribute) {
		return this.guard.finder().identify(url, attribute) != null;
	}

	@Override
	@SuppressWarnings("NullAway") // what comes from inside is handed on as it is
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return this.guard.execute(request, body, execution);
	}

}
