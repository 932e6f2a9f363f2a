// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.call.HoldRule;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Told what became of an {@link ExchangeAttempt}: one of the methods that tell, once,
 * unless the attempt was cancelled.
 */
interface AttemptOwner {

	/**
	 * Returns how long good answers are to be held back, now that one has arrived.
	 */
	HoldRule holdRule();

	/**
	 * A good answer has arrived, and is observed while it is read.
	 */
	void onAnswer(ClientResponse response);

	/**
	 * The provider has answered with an error.
	 * @param outcome how the attempt ended
	 * @param answer the answer
	 */
	void onErrorAnswer(CallOutcome outcome, HeldAnswer answer);

	/**
	 * There is no answer.
	 * @param outcome how the attempt ended
	 * @param error what the client says
	 */
	void onFailure(CallOutcome outcome, Throwable error);

}
