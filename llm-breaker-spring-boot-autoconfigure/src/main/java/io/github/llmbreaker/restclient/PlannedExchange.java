// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.call.CallPlan;
import io.github.llmbreaker.call.NextStep;
import io.github.llmbreaker.call.RetryPause;
import io.github.llmbreaker.provider.thrown.TransportFailures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.client.ClientHttpResponse;

/**
 * Runs the attempts of one call until one of them has an answer for the caller.
 */
final class PlannedExchange {

	private static final Logger logger = LoggerFactory.getLogger(PlannedExchange.class);

	private final GuardedExchange exchange;

	private final Rerouting rerouting;

	private final CallPlan plan;

	private final boolean holdsStreams;

	PlannedExchange(GuardedExchange exchange, Rerouting rerouting, CallPlan plan) {
		this.exchange = exchange;
		this.rerouting = rerouting;
		this.plan = plan;
		this.holdsStreams = plan.gate().policy().streamRecovery() == StreamRecovery.BUFFER;
	}

	ClientHttpResponse run() throws IOException {
		GuardedAttempt attempt = this.rerouting.original();
		while (true) {
			Attempted attempted = attempt(attempt);
			NextStep step = attempted.step();
			if (step == null) {
				return attempted.requiredResponse();
			}
			switch (step.action()) {
				case RETRY -> pause(step);
				case FALLBACK -> attempt = this.rerouting.to(step.requiredGate().target());
				case FAIL -> {
					return fail(step.requiredError());
				}
			}
		}
	}

	private Attempted attempt(GuardedAttempt attempt) throws IOException {
		CallPermit permit;
		try {
			permit = this.plan.gate().acquire(CallPermit.current());
		}
		catch (LlmCallRejectedException ex) {
			return new Attempted(null, this.plan.afterRejection(ex));
		}
		try {
			return judge(this.exchange.answer(attempt, permit), permit);
		}
		catch (IOException | RuntimeException ex) {
			CallOutcome outcome = permit.complete(TransportFailures.classify(ex, null));
			return new Attempted(null, this.plan.afterFailure(outcome, ex));
		}
	}

	private Attempted judge(GuardedAnswer answer, CallPermit permit) throws IOException {
		if (answer.failure() != null) {
			return failed(answer.response(), answer.error(), answer.failure());
		}
		ReadAhead ahead;
		try {
			ahead = ReadAhead.of(answer.requiredBody(), this.holdsStreams);
		}
		catch (IOException | RuntimeException ex) {
			answer.response().close();
			throw ex;
		}
		ClientHttpResponse response = new DelegatingResponse(answer.response(), ahead.replayed());
		CallOutcome outcome = ahead.outcome();
		if (outcome == null || outcome.kind() == OutcomeKind.SUCCESS) {
			return new Attempted(response, null);
		}
		return failed(response, ahead.bytes(), permit.complete(outcome));
	}

	/**
	 * Asks the plan with the answer as the error, so that it is handed on if it is what
	 * the caller gets in the end.
	 */
	private Attempted failed(ClientHttpResponse response, byte[] known, CallOutcome outcome) {
		AnswerException error = new AnswerException(response);
		NextStep step = this.plan.afterFailure(outcome, error);
		if (step.error() != error) {
			error.detach(known);
		}
		return new Attempted(null, step);
	}

	private static ClientHttpResponse fail(Throwable error) throws IOException {
		if (error instanceof AnswerException answer) {
			for (Throwable other : answer.getSuppressed()) {
				logger.debug("Another attempt of this call: {}", other.getMessage());
			}
			return answer.response();
		}
		if (error instanceof IOException ex) {
			throw ex;
		}
		throw (RuntimeException) error;
	}

	private static void pause(NextStep step) throws IOException {
		try {
			RetryPause.of(step.delay());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw (IOException) new InterruptedIOException("Interrupted while waiting for a retry").initCause(ex);
		}
	}

	/**
	 * What became of an attempt.
	 *
	 * @param response the answer for the caller; {@code null} if there is none yet
	 * @param step what comes next; {@code null} if there is an answer
	 */
	private record Attempted(@Nullable ClientHttpResponse response, @Nullable NextStep step) {

		ClientHttpResponse requiredResponse() {
			return Objects.requireNonNull(this.response);
		}

	}

}
