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

package io.github.llmbreaker.call;

import java.util.concurrent.CancellationException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.provider.TransportFailures;

/**
 * Judges what guarded code throws.
 */
final class CallFailures {

	private static final CallOutcome CANCELLED = neutral(OutcomeKind.CANCELLED);

	private static final CallOutcome LOCAL = neutral(OutcomeKind.CLIENT_ERROR);

	private CallFailures() {
	}

	/**
	 * Judges an exception.
	 * @param failure what the code threw
	 * @return how the call ended
	 */
	static CallOutcome classify(Throwable failure) {
		if (failure instanceof InterruptedException || failure instanceof CancellationException) {
			return CANCELLED;
		}
		// a breaker further inside has rejected it: no news about the provider
		if (failure instanceof LlmCallRejectedException) {
			return LOCAL;
		}
		return TransportFailures.classify(failure, null);
	}

	private static CallOutcome neutral(OutcomeKind kind) {
		return new CallOutcome(kind, OutcomeScope.NONE, false, null, null);
	}

}
