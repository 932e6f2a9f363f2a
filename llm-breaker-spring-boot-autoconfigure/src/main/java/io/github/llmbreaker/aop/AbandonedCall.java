// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.CallPermit;

/**
 * Judges calls that the caller gave up before anything came. A time limit around the call
 * looks the same as a user who leaves; what tells them is how long the caller has waited.
 */
final class AbandonedCall {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final CallOutcome CANCELLED = new CallOutcome(OutcomeKind.CANCELLED, OutcomeScope.NONE, false, null,
			null);

	private static final CallOutcome TIMEOUT = new CallOutcome(OutcomeKind.TIMEOUT, OutcomeScope.MODEL, true, null,
			null);

	private AbandonedCall() {
	}

	static CallOutcome outcome(CallPermit permit) {
		Duration slow = permit.gate().policy().breaker().slowCallDuration();
		return (permit.elapsedNanos() >= ((slow != null) ? slow : PATIENCE).toNanos()) ? TIMEOUT : CANCELLED;
	}

	/**
	 * Returns the outcome of a call that was given up after it has begun to answer.
	 */
	static CallOutcome afterContent() {
		return CANCELLED;
	}

}
