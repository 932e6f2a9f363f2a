// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * How an incident goes, in one run. Times are seconds since it began.
 */
interface Course {

	/** Who asks does not know with which key. */
	int ANY_KEY = -1;

	/** What an overloaded provider answers. */
	CallOutcome OVERLOADED = failure(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, 503, null);

	/** What an unknown key gets. */
	CallOutcome AUTH = failure(OutcomeKind.AUTH, OutcomeScope.PROVIDER, 401, null);

	/** What a client does that has waited long enough. */
	CallOutcome TIMEOUT = failure(OutcomeKind.TIMEOUT, OutcomeScope.MODEL, null, null);

	/**
	 * Returns how many of the calls fail that begin now.
	 * @param at when, never later than now
	 * @param key with which key they are made, or {@link #ANY_KEY}
	 * @return a share from 0 to 1
	 */
	double failing(double at, int key);

	/**
	 * Returns how a call fails.
	 * @param at when it began
	 * @return the outcome
	 */
	default CallOutcome failure(double at) {
		return OVERLOADED;
	}

	/**
	 * Returns how many times slower answers are.
	 * @param at when the call began
	 * @return the factor, 1 for none
	 */
	default double slowness(double at) {
		return 1;
	}

	/**
	 * Returns how long a client waits for an answer that is slow.
	 * @return the seconds, infinitely many for no limit
	 */
	default double limit() {
		return Incident.LIMIT;
	}

	/**
	 * A call was sent.
	 * @param at when
	 */
	default void sent(double at) {
	}

	/** Returns a 429, with or without a hint. */
	static CallOutcome rateLimited(@Nullable Double wait) {
		Duration hint = (wait != null) ? Duration.ofMillis((long) Math.ceil(wait * 1000)) : null;
		return failure(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, 429, hint);
	}

	private static CallOutcome failure(OutcomeKind kind, OutcomeScope scope, @Nullable Integer status,
			@Nullable Duration hint) {
		return new CallOutcome(kind, scope, true, hint, status);
	}

}
