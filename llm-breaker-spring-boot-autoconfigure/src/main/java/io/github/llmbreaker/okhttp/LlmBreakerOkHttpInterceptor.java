// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingExchange;
import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.call.Unchecked;
import io.github.llmbreaker.provider.IdentifiedCall;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Puts the LLM calls of an {@code OkHttpClient} behind the breakers of their models;
 * everything else passes untouched. To be added as the last interceptor, so that it sees
 * what is sent; {@link #guard} does that.
 * <p>
 * A request can carry a tag of type {@link io.github.llmbreaker.LlmTarget} that says what
 * it calls, and one of type {@link io.github.llmbreaker.LlmCallTrace}.
 * <p>
 * The caller of {@code execute()} gets an {@link LlmCallRejectedException} if a breaker
 * rejects the call. OkHttp gives the callbacks of {@code enqueue()} nothing but
 * {@code IOException}s, so there it is the cause of one.
 *
 * @since 0.1.0
 */
public final class LlmBreakerOkHttpInterceptor implements Interceptor {

	private final CallFinder finder;

	private final AttemptClients clients = new AttemptClients(this);

	private final CallersOfCalls callers;

	/**
	 * Creates an interceptor.
	 * @param guard what calls are guarded with
	 */
	public LlmBreakerOkHttpInterceptor(CallGuard guard) {
		this.finder = new CallFinder(guard);
		this.callers = new CallersOfCalls(guard.observer());
	}

	/**
	 * Guards the calls of a client. Calls that its dispatcher makes in other threads are
	 * part of the guarded call that has enqueued them.
	 * @param client the client, which stays as it is
	 * @return a client with the same connections, threads and settings
	 */
	public OkHttpClient guard(OkHttpClient client) {
		EventListener.Factory listeners = this.callers.around(client.eventListenerFactory());
		boolean first = client.interceptors().contains(Rejections.OUTERMOST);
		boolean last = client.interceptors().contains(this);
		if (first && last && listeners == client.eventListenerFactory()) {
			return client;
		}
		OkHttpClient.Builder builder = client.newBuilder().eventListenerFactory(listeners);
		if (!first) {
			builder.interceptors().add(0, Rejections.OUTERMOST);
		}
		if (!last) {
			builder.addInterceptor(this);
		}
		return builder.build();
	}

	@Override
	public Response intercept(Chain chain) throws IOException {
		try {
			return execute(chain, this.callers.of(chain));
		}
		catch (LlmCallRejectedException ex) {
			throw Unchecked.rethrow(Rejections.failure(chain, ex));
		}
	}

	private Response execute(Chain chain, CallersOfCalls.Caller caller) throws IOException {
		Request request = chain.request();
		IdentifiedCall call = this.finder.identify(request.url().uri(), request.tag(LlmTarget.class), request,
				Request::header);
		if (call == null) {
			return chain.proceed(request);
		}
		CallPermit planning = OutgoingCall.planning(request);
		OutgoingCall outgoing = OutgoingCall.of(request);
		TargetGate gate = (planning != null) ? planning.gate() : this.finder.gate(call, outgoing::model);
		if (gate == null) {
			return chain.proceed(outgoing.original());
		}
		CallGuard guard = this.finder.guard();
		RequestRoutes routes = new RequestRoutes(guard.providers(), call, request.url().uri(), gate.target());
		OkHttpAdapter adapter = new OkHttpAdapter(chain, outgoing, this.clients, guard.ticker());
		BlockingExchange<Response> exchange = new BlockingExchange<>(adapter, routes);
		boolean recovers = planning == null && outgoing.isRepeatable() && LlmCall.isRecoverable(gate);
		return GuardedAnswerBody.answer(chain,
				recovers ? exchange
					.run(LlmCall.of(guard, gate, routes, caller.outer()).plansAlone().within(caller.observation()))
						: exchange.run(Attempt.single(guard, gate, caller.outer(), caller.observation())));
	}

}
