// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import io.github.llmbreaker.breaker.CallPermit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Remembers by which guarded calls the calls of a client were made: they may run in other
 * threads.
 */
final class CallersOfCalls {

	/** Calls are equal to nobody else. */
	private final Map<Call, CallPermit> callers = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Returns a factory that is asked for a listener when a call is made, in the thread
	 * of who makes it.
	 */
	EventListener.Factory around(EventListener.Factory factory) {
		boolean there = factory instanceof Noting noting && noting.callers() == this.callers;
		return there ? factory : new Noting(this.callers, factory);
	}

	/**
	 * Returns the guarded call that a call is part of; {@code null} if none.
	 */
	@Nullable CallPermit outer(Interceptor.Chain chain) {
		PlannedAttempt planned = chain.request().tag(PlannedAttempt.class);
		if (planned != null) {
			return planned.permit();
		}
		CallPermit tagged = chain.request().tag(CallPermit.class);
		if (tagged != null) {
			return tagged;
		}
		CallPermit current = CallPermit.current();
		return (current != null || this.callers.isEmpty()) ? current : this.callers.remove(chain.call());
	}

	private record Noting(Map<Call, CallPermit> callers,
			EventListener.Factory factory) implements EventListener.Factory {

		@Override
		public EventListener create(Call call) {
			CallPermit current = CallPermit.current();
			if (current != null) {
				this.callers.put(call, current);
			}
			return this.factory.create(call);
		}

	}

}
