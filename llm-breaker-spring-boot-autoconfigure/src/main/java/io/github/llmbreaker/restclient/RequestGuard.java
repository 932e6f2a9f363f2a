// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingExchange;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.provider.CallIdentifier;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the requests that are LLM calls.
 *
 * @param identifier tells which requests are LLM calls
 * @param calls what calls are guarded with
 * @param elsewhere makes the requests that go to another provider than they were made for
 */
record RequestGuard(CallIdentifier identifier, CallGuard calls, ClientHttpRequestFactory elsewhere) {

	private static final Logger logger = LoggerFactory.getLogger(RequestGuard.class);

	@Nullable ClientHttpResponse execute(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		IdentifiedCall call = identify(request.getURI(), request.getAttributes().get(LlmTarget.ATTRIBUTE));
		if (call == null) {
			return execution.execute(request, body);
		}
		CallPermit planning = ExecutionAdapter.planning(request);
		TargetGate gate = (planning != null) ? planning.gate() : gate(call, request, body);
		if (gate == null) {
			return execution.execute(request, body);
		}
		RequestRoutes routes = new RequestRoutes(this.calls.providers(), call, request.getURI(), gate.target());
		ExecutionAdapter adapter = new ExecutionAdapter(new CrossingExecution(execution, this.elsewhere),
				new OutgoingRequest(request, body));
		BlockingExchange<ClientHttpResponse> exchange = new BlockingExchange<>(adapter, routes);
		CallPermit outer = CallPermit.current();
		boolean recovers = planning == null && body.length <= HoldRule.MAX_REQUEST_BYTES && LlmCall.isRecoverable(gate);
		return GuardedResponse.of(recovers ? exchange.run(LlmCall.of(this.calls, gate, routes, outer).plansAlone())
				: exchange.run(Attempt.single(this.calls, gate, outer)));
	}

	/**
	 * Returns the call that a request is. A dialect that fails lets it pass unguarded.
	 */
	@Nullable IdentifiedCall identify(URI url, @Nullable Object attribute) {
		if (this.calls.registry().isOff()) {
			return null;
		}
		try {
			return this.identifier.identify(url, attribute);
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			if (attribute != null && !(attribute instanceof LlmTarget)) {
				throw ex;
			}
			logger.debug("A request passes unguarded because it could not be identified", ex);
			return null;
		}
	}

	private @Nullable TargetGate gate(IdentifiedCall call, HttpRequest request, byte[] body) {
		try {
			return this.calls.registry().gate(call.target(call.isModelInBody() ? model(request, body) : null));
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			logger.debug("A call passes unguarded because its breakers could not be found", ex);
			return null;
		}
	}

	private static @Nullable String model(HttpRequest request, byte[] body) {
		return RequestModels.scan(ByteBuffer.wrap(body), request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
	}

}
