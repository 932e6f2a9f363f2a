// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.thrown.TransportFailures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the permit of one attempt by what its dialect says about its answer. What goes
 * wrong in a dialect never fails the call.
 *
 * @param permit the permit
 * @param dialect how the provider speaks
 * @since 0.1.0
 */
public record Settlement(CallPermit permit, LlmDialect dialect) {

	private static final Logger logger = LoggerFactory.getLogger(Settlement.class);

	/**
	 * Starts to watch a good answer.
	 * @param head its head
	 * @return the observer; {@code null} if the dialect failed
	 */
	public @Nullable BodyObserver observe(AnswerHead head) {
		try {
			return this.dialect.observe(head);
		}
		catch (Throwable ex) {
			logger.debug("A dialect failed to observe an answer", ex);
			return null;
		}
	}

	/**
	 * The answer is an error.
	 * @param head its head
	 * @param body the beginning of its body
	 * @return the outcome as judged
	 */
	public CallOutcome answeredBadly(AnswerHead head, byte[] body) {
		CallOutcome outcome;
		try {
			outcome = this.dialect.classify(new ErrorAnswer(head, body));
		}
		catch (Throwable ex) {
			logger.debug("A dialect failed to judge an answer", ex);
			outcome = Outcomes.neutral(head.status());
		}
		return end(outcome);
	}

	/**
	 * The body has ended, or what has passed of it settles the outcome.
	 * @param observer who has watched it; {@code null} if nobody could
	 * @param status the answer's status
	 * @return the outcome as judged
	 */
	public CallOutcome read(@Nullable BodyObserver observer, int status) {
		try {
			return end((observer != null) ? observer.outcome() : Outcomes.success(status));
		}
		catch (Throwable ex) {
			logger.debug("An observer failed to judge an answer", ex);
			return end(Outcomes.success(status));
		}
	}

	/**
	 * There is no answer.
	 * @param failure what the client says
	 * @return the outcome as judged
	 */
	public CallOutcome failed(Throwable failure) {
		return end(TransportFailures.classify(failure, null));
	}

	/**
	 * The body broke off. Whatever the client makes of it, it is about what came over the
	 * connection: nothing of the caller's is below.
	 * @param failure what the client says
	 * @param status the answer's status
	 * @return the outcome as judged
	 */
	public CallOutcome interrupted(Throwable failure, int status) {
		return end(TransportFailures.classify(new IOException(failure), status));
	}

	/**
	 * The caller left before anything had arrived.
	 * @param status the answer's status; {@code null} if there was none
	 * @return the outcome as judged
	 */
	public CallOutcome abandoned(@Nullable Integer status) {
		return end(Outcomes.abandoned(this.permit, status));
	}

	/**
	 * The attempt has ended.
	 * @param outcome how
	 * @return the outcome as judged; on later calls the first one's
	 */
	public CallOutcome end(CallOutcome outcome) {
		CallOutcome judged = this.permit.complete(outcome);
		logger.debug("Call to {} ended with {}", this.permit.gate().target(), judged);
		return judged;
	}

}
