// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingExchange;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the requests that are LLM calls.
 *
 * @param finder tells which requests are LLM calls
 * @param calls what calls are guarded with
 * @param elsewhere makes the requests that go to another provider than they were made for
 */
record RequestGuard(CallFinder finder, CallGuard calls, ClientHttpRequestFactory elsewhere) {

	@Nullable ClientHttpResponse execute(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
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
		RequestRoutes routes = new RequestRoutes(this.calls.providers(), call, request.getURI(), gate.target());
		ExecutionAdapter adapter = new ExecutionAdapter(new CrossingExecution(execution, this.elsewhere),
				new OutgoingRequest(request, body));
		BlockingExchange<ClientHttpResponse> exchange = new BlockingExchange<>(adapter, routes);
		CallPermit outer = CallPermit.current();
		boolean recovers = planning == null && body.length <= HoldRule.MAX_REQUEST_BYTES && LlmCall.isRecoverable(gate);
		return GuardedResponse.of(recovers ? exchange.run(LlmCall.of(this.calls, gate, routes, outer).plansAlone())
				: exchange.run(Attempt.single(this.calls, gate, outer)));
	}

	private static @Nullable String model(HttpRequest request, byte[] body) {
		// in lower case as HttpHeaders keeps it, which spares a copy of the name
		return RequestModels.scan(ByteBuffer.wrap(body), request.getHeaders().getFirst("content-type"));
	}

}
