// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.CallPlan;
import io.github.llmbreaker.provider.CallIdentifier;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the requests that are LLM calls.
 *
 * @param identifier tells which requests are LLM calls
 * @param providers the providers of the application
 * @param registry the breakers
 * @param clock the wall clock
 * @param ticker the clock for durations
 * @param elsewhere makes the requests that go to another provider than they were made for
 */
record RequestGuard(CallIdentifier identifier, LlmProviders providers, BreakerRegistry registry, InstantSource clock,
		Ticker ticker, ClientHttpRequestFactory elsewhere) {

	ClientHttpResponse execute(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		IdentifiedCall call = this.identifier.identify(request.getURI(),
				request.getAttributes().get(LlmTarget.ATTRIBUTE));
		if (call == null) {
			return execution.execute(request, body);
		}
		TargetGate gate = this.registry.gate(call.target(call.isModelInBody() ? model(request, body) : null));
		GuardedAttempt attempt = new GuardedAttempt(call, request, body);
		GuardedExchange exchange = new GuardedExchange(new CrossingExecution(execution, this.elsewhere), this.clock);
		if (!CallPlan.isNeeded(gate)) {
			return exchange.run(attempt, gate);
		}
		Rerouting rerouting = new Rerouting(this.providers, attempt);
		CallPlan plan = CallPlan.of(this.registry, gate, rerouting::canReach, this.ticker);
		return new PlannedExchange(exchange, rerouting, plan).run();
	}

	private static @Nullable String model(HttpRequest request, byte[] body) {
		String multipart = Multipart.typeOf(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
		ByteBuffer bytes = ByteBuffer.wrap(body);
		return (multipart != null) ? RequestModels.scanMultipart(bytes, multipart) : RequestModels.scan(bytes);
	}

}
