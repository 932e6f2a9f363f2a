// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * What comes after a failed attempt of one reactive call.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public interface ReactivePlan<T> {

	/**
	 * Returns who knows what is tried, and how much time is left.
	 * @return the plan
	 */
	CallPlan plan();

	/**
	 * Whether anything but failing can come after a failed attempt.
	 * @return whether an answer may be held back for that
	 */
	boolean isRecoverable();

	/**
	 * Decides after a breaker rejected the current target.
	 * @param rejection the rejection
	 * @return the next step
	 */
	NextStep afterRejection(LlmCallRejectedException rejection);

	/**
	 * Decides after an attempt of which nothing has reached the subscriber.
	 * @param permit the attempt's permit
	 * @param outcome how it ended, as judged
	 * @param error what the subscriber would get
	 * @return the next step
	 */
	NextStep afterFailure(CallPermit permit, CallOutcome outcome, Throwable error);

	/**
	 * Returns who answers when no attempt has.
	 * @param error what the subscriber would get
	 * @return the answer; {@code null} if the error is to be passed on
	 * @throws Throwable what is to be passed on instead
	 */
	default @Nullable Publisher<? extends T> instead(Throwable error) throws Throwable {
		return null;
	}

}
