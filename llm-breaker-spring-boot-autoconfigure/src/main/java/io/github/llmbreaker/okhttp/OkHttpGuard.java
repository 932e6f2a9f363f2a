// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingExchange;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.provider.IdentifiedCall;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Guards the requests that are LLM calls.
 */
final class OkHttpGuard {

	private final CallGuard calls;

	private final CallFinder finder;

	private final AttemptClients clients;

	OkHttpGuard(CallGuard calls, Interceptor self) {
		this.calls = calls;
		this.finder = new CallFinder(calls);
		this.clients = new AttemptClients(self);
	}

	Response execute(Interceptor.Chain chain, CallersOfCalls.Caller caller) throws IOException {
		Request request = chain.request();
		IdentifiedCall call = this.finder.identify(request.url().uri(), request.tag(LlmTarget.class), request,
				Request::header);
		if (call == null) {
			return chain.proceed(request);
		}
		PlannedAttempt planned = request.tag(PlannedAttempt.class);
		OutgoingCall outgoing = OutgoingCall.of(request);
		TargetGate gate = (planned != null) ? planned.permit().gate() : this.finder.gate(call, outgoing::model);
		if (gate == null) {
			return chain.proceed(outgoing.original());
		}
		RequestRoutes routes = new RequestRoutes(this.calls.providers(), call, request.url().uri(), gate.target());
		OkHttpAdapter adapter = new OkHttpAdapter(chain, outgoing, this.clients, this.calls.ticker());
		BlockingExchange<Response> exchange = new BlockingExchange<>(adapter, routes);
		boolean recovers = planned == null && outgoing.isRepeatable() && LlmCall.isRecoverable(gate);
		return GuardedAnswerBody.answer(chain,
				recovers ? exchange
					.run(LlmCall.of(this.calls, gate, routes, caller.outer()).plansAlone().within(caller.observation()))
						: exchange.run(Attempt.single(this.calls, gate, caller.outer(), caller.observation())));
	}

}
