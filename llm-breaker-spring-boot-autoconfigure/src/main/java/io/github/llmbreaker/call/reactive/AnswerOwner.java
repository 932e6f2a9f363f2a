// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.call.HoldRule;

/**
 * Told what became of a {@link ReactiveAttempt}: one of the methods that tell, once,
 * unless the attempt was cancelled.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public interface AnswerOwner<A> {

	/**
	 * Returns how long good answers are to be held back, now that one has arrived.
	 * @return the rule
	 */
	HoldRule holdRule();

	/**
	 * A good answer has arrived, and is observed while it is read.
	 * @param response the answer
	 */
	void onAnswer(A response);

	/**
	 * The provider has answered with an error.
	 * @param outcome how the attempt ended
	 * @param answer the answer
	 */
	void onErrorAnswer(CallOutcome outcome, ReactiveAnswer<A> answer);

	/**
	 * There is no answer.
	 * @param outcome how the attempt ended
	 * @param error what the client says
	 */
	void onFailure(CallOutcome outcome, Throwable error);

}
