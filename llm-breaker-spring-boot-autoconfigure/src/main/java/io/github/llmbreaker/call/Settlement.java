// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.HeaderLookup;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.error.RetryAdvice;
import io.github.llmbreaker.provider.thrown.TransportFailures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an attempt over HTTP by what its dialect says about its answer. What goes wrong in
 * a dialect never fails the call.
 *
 * @param attempt the attempt
 * @param dialect how the provider speaks
 * @since 0.1.0
 */
public record Settlement(Attempt attempt, LlmDialect dialect) {

	private static final Logger logger = LoggerFactory.getLogger(Settlement.class);

	/** Returns the permit. */
	public CallPermit permit() {
		return this.attempt.permit();
	}

	/** Returns the head of the answer for the dialect. */
	public AnswerHead head(int status, HeaderLookup headers) {
		LlmTarget target = this.attempt.target();
		String endpoint = (target.endpoint() != null) ? target.endpoint() : "unknown";
		return new AnswerHead(endpoint, target.model(), status, headers, this.attempt.guard().clock());
	}

	/**
	 * Starts to watch a good answer.
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

	/** The answer is an error. */
	public CallOutcome answeredBadly(AnswerHead head, byte[] body) {
		if (RetryAdvice.isAgainst(head.headers())) {
			this.attempt.adviseAgainstRetry();
		}
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

	/** There is no answer. */
	public CallOutcome failed(Throwable failure) {
		return this.attempt.failed(failure);
	}

	/**
	 * The body broke off. Whatever the client makes of it, it is about what came over the
	 * connection: nothing of the caller's is below.
	 */
	public CallOutcome interrupted(Throwable failure, int status) {
		return end(TransportFailures.classify(new IOException(failure), status));
	}

	/** The caller left before anything had arrived. */
	public CallOutcome abandoned(@Nullable Integer status) {
		return end(Outcomes.abandoned(permit(), status));
	}

	/**
	 * The attempt has ended.
	 * @return the outcome as judged; on later calls the first one's
	 */
	public CallOutcome end(CallOutcome outcome) {
		return this.attempt.end(outcome);
	}

}
