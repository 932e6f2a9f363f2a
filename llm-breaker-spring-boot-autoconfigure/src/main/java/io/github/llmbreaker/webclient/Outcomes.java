// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that no provider tells.
 */
final class Outcomes {

	static final CallOutcome CANCELLED = new CallOutcome(OutcomeKind.CANCELLED, OutcomeScope.NONE, false, null, null);

	static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null, null);

	static final CallOutcome LOCAL = new CallOutcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE, false, null, null);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private Outcomes() {
	}

	static CallOutcome success(int status) {
		return new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null, status);
	}

	static CallOutcome timeout(@Nullable Integer status) {
		return new CallOutcome(OutcomeKind.TIMEOUT, OutcomeScope.MODEL, true, null, status);
	}

	/**
	 * For an answer that neither is good nor says that anything failed, such as a
	 * redirect that the client did not follow.
	 */
	static CallOutcome neutral(int status) {
		return new CallOutcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE, false, null, status);
	}

	/**
	 * For a caller that gave up before anything had arrived: a time limit of its own, if
	 * it waited long enough.
	 */
	static CallOutcome cancelledBeforeAnything(CallPermit permit, @Nullable Integer status) {
		Duration slow = permit.gate().policy().breaker().slowCallDuration();
		long patience = ((slow != null) ? slow : PATIENCE).toNanos();
		return (permit.elapsedNanos() >= patience) ? timeout(status) : CANCELLED;
	}

}
