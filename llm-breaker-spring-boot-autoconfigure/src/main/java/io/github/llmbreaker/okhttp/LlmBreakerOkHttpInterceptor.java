// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.Unchecked;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
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

	private final OkHttpGuard guard;

	private final CallersOfCalls callers;

	/**
	 * Creates an interceptor.
	 * @param guard what calls are guarded with
	 */
	public LlmBreakerOkHttpInterceptor(CallGuard guard) {
		this.guard = new OkHttpGuard(guard, this);
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
			return this.guard.execute(chain, this.callers.of(chain));
		}
		catch (LlmCallRejectedException ex) {
			throw Unchecked.rethrow(Rejections.failure(chain, ex));
		}
	}

}
