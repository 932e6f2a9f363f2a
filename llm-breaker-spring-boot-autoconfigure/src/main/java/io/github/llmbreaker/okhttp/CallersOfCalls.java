// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.CallObserver;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in what the calls of a client were made: they may run in other threads.
 */
final class CallersOfCalls {

	private final CallObserver observer;

	/** Calls are equal to nobody else. */
	private final Map<Call, Caller> callers = Collections.synchronizedMap(new WeakHashMap<>());

	CallersOfCalls(CallObserver observer) {
		this.observer = observer;
	}

	/**
	 * Returns a factory that is asked for a listener when a call is made, in the thread
	 * of who makes it.
	 */
	EventListener.Factory around(EventListener.Factory factory) {
		boolean there = factory instanceof Noting noting && noting.callers() == this;
		return there ? factory : new Noting(this, factory);
	}

	/**
	 * Returns what a call was made in.
	 */
	Caller of(Interceptor.Chain chain) {
		Caller noted = this.callers.isEmpty() ? null : this.callers.remove(chain.call());
		Caller known = (noted != null) ? noted : Caller.NONE;
		CallPermit planning = OutgoingCall.planning(chain.request());
		CallPermit tagged = (planning != null) ? planning : chain.request().tag(CallPermit.class);
		CallPermit current = (tagged != null) ? tagged : CallPermit.current();
		return (current != null) ? new Caller(current, known.observation()) : known;
	}

	private void note(Call call) {
		CallPermit current = CallPermit.current();
		Object observation = this.observer.current();
		if (current != null || observation != null) {
			this.callers.put(call, new Caller(current, observation));
		}
	}

	/**
	 * What a call is made in.
	 *
	 * @param outer the guarded call that it is part of; {@code null} if none
	 * @param observation the observation that it is part of; {@code null} if that is not
	 * known
	 */
	record Caller(@Nullable CallPermit outer, @Nullable Object observation) {

		static final Caller NONE = new Caller(null, null);

	}

	private record Noting(CallersOfCalls callers, EventListener.Factory factory) implements EventListener.Factory {

		@Override
		public EventListener create(Call call) {
			this.callers.note(call);
			return this.factory.create(call);
		}

	}

}
