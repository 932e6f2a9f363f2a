/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
