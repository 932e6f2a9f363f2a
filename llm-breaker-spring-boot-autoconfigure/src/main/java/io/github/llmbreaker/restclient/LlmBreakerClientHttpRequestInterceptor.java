// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.InstantSource;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingExchange;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.function.SingletonSupplier;

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

	/** Made when it is needed: few applications fall back to other providers. */
	private static final SingletonSupplier<ClientHttpRequestFactory> PLAIN = SingletonSupplier
		.of(() -> new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()));

	private final CallFinder finder;

	private final ClientHttpRequestFactory elsewhere;

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
		this(providers, registry, clock, ticker, (url, method) -> PLAIN.obtain().createRequest(url, method));
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
		this.finder = new CallFinder(guard);
		this.elsewhere = elsewhere;
	}

	/**
	 * Whether a request is an LLM call.
	 */
	boolean guards(URI url, @Nullable Object attribute) {
		return this.finder.identify(url, attribute) != null;
	}

	@Override
	@SuppressWarnings("NullAway") // what comes from inside is handed on as it is
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		IdentifiedCall call = this.finder.identify(request.getURI(), request.getAttributes().get(LlmTarget.ATTRIBUTE),
				request, (message, name) -> message.getHeaders().getFirst(name));
		if (call == null) {
			return execution.execute(request, body);
		}
		CallPermit planning = ExecutionAdapter.planning(request);
		TargetGate gate = (planning != null) ? planning.gate() : this.finder.gate(call, () -> model(request, body));
		if (gate == null) {
			return execution.execute(request, body);
		}
		CallGuard guard = this.finder.guard();
		RequestRoutes routes = new RequestRoutes(guard.providers(), call, request.getURI(), gate.target());
		ExecutionAdapter adapter = new ExecutionAdapter(new CrossingExecution(execution, this.elsewhere),
				new OutgoingRequest(request, body));
		BlockingExchange<ClientHttpResponse> exchange = new BlockingExchange<>(adapter, routes);
		CallPermit outer = CallPermit.current();
		boolean recovers = planning == null && body.length <= HoldRule.MAX_REQUEST_BYTES && LlmCall.isRecoverable(gate);
		return GuardedResponse.of(recovers ? exchange.run(LlmCall.of(guard, gate, routes, outer).plansAlone())
				: exchange.run(Attempt.single(guard, gate, outer)));
	}

	private static @Nullable String model(HttpRequest request, byte[] body) {
		// in lower case as HttpHeaders keeps it, which spares a copy of the name
		return RequestModels.scan(ByteBuffer.wrap(body), request.getHeaders().getFirst("content-type"));
	}

}
