// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Attempt;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What guarded calls have in the context of their subscribers: the call itself, and what
 * is observed, so that both know what is inside of them.
 *
 * @since 0.1.0
 */
public final class CallContexts {

	/** Where Micrometer and all who use it look for the observation around. */
	private static final String OBSERVATION = "micrometer.observation";

	private CallContexts() {
	}

	/**
	 * Returns the guarded call that a subscriber is part of; {@code null} if there is
	 * none.
	 */
	public static @Nullable CallPermit outer(ContextView context) {
		CallPermit outer = context.getOrDefault(CallPermit.class, null);
		return (outer != null) ? outer : CallPermit.current();
	}

	/**
	 * Returns the observation that a subscriber is part of; {@code null} if the context
	 * has none.
	 */
	public static @Nullable Object observation(ContextView context) {
		return context.getOrDefault(OBSERVATION, null);
	}

	/** Returns the context of what an attempt does. */
	public static Context inside(Context context, Attempt attempt) {
		Object observation = attempt.observation();
		Context inside = context.put(CallPermit.class, attempt.permit());
		return (observation != null) ? inside.put(OBSERVATION, observation) : inside;
	}

}
