// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import dev.langchain4j.exception.HttpException;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.call.GuardedAnswer;
import io.github.llmbreaker.call.HttpCall;

/**
 * A request that is an LLM call.
 *
 * @param outgoing what is sent
 * @param call the call
 * @param replacing whether our retries take the place of LangChain4j's
 */
record PlannedRequest(ModelRequest outgoing, HttpCall call, boolean replacing) {

	/**
	 * Whether LangChain4j must not make this call again: what its policy has for that has
	 * been done.
	 */
	boolean replacesRetries() {
		return this.replacing && this.call.isRecoverable();
	}

	/**
	 * Returns what LangChain4j's models throw for an answer that is an error.
	 */
	RuntimeException described(GuardedAnswer answer, HttpException failure) {
		CallOutcome outcome = answer.outcome();
		return (outcome != null) ? CallFailures.of(outcome.kind(), failure) : failure;
	}

}
