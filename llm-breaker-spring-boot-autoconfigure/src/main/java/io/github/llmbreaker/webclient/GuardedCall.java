// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.IOException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.TransportFailures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One admitted call, and what its dialect says about its end. What goes wrong in a
 * dialect never fails the call.
 *
 * @param permit the permit
 * @param dialect how the provider speaks
 */
record GuardedCall(CallPermit permit, LlmDialect dialect) {

	private static final Logger logger = LoggerFactory.getLogger(GuardedCall.class);

	/**
	 * Starts to watch a good answer.
	 * @return the observer; {@code null} if the dialect failed
	 */
	@Nullable BodyObserver observe(AnswerHead head) {
		try {
			return this.dialect.observe(head);
		}
		catch (RuntimeException ex) {
			logger.debug("A dialect failed to observe an answer", ex);
			return null;
		}
	}

	CallOutcome answeredBadly(AnswerHead head, byte[] body) {
		CallOutcome outcome;
		try {
			outcome = this.dialect.classify(new ErrorAnswer(head, body));
		}
		catch (RuntimeException ex) {
			logger.debug("A dialect failed to judge an answer", ex);
			outcome = Outcomes.neutral(head.status());
		}
		return end(outcome);
	}

	/**
	 * The body has ended, or what has passed of it settles the outcome.
	 */
	CallOutcome read(@Nullable BodyObserver observer, int status) {
		try {
			return end((observer != null) ? observer.outcome() : Outcomes.success(status));
		}
		catch (RuntimeException ex) {
			logger.debug("An observer failed to judge an answer", ex);
			return end(Outcomes.success(status));
		}
	}

	/**
	 * There is no answer.
	 */
	CallOutcome failed(Throwable failure) {
		return end(TransportFailures.classify(failure, null));
	}

	/**
	 * The body broke off. Whatever the client makes of it, it is about what came over the
	 * connection: nothing of the caller's is below.
	 */
	CallOutcome interrupted(Throwable failure, int status) {
		return end(TransportFailures.classify(new IOException(failure), status));
	}

	CallOutcome cancelledBeforeAnything(@Nullable Integer status) {
		return end(Outcomes.cancelledBeforeAnything(this.permit, status));
	}

	CallOutcome end(CallOutcome outcome) {
		CallOutcome judged = this.permit.complete(outcome);
		logger.debug("Call to {} ended with {}", this.permit.gate().target(), judged);
		return judged;
	}

}
