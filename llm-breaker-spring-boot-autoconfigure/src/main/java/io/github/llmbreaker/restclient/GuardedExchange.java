// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.time.InstantSource;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.thrown.TransportFailures;

import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Runs single attempts of one call behind the gates of their targets.
 */
final class GuardedExchange {

	private static final int FIRST_ERROR_STATUS = 300;

	private final ClientHttpRequestExecution execution;

	private final InstantSource clock;

	GuardedExchange(ClientHttpRequestExecution execution, InstantSource clock) {
		this.execution = execution;
		this.clock = clock;
	}

	/**
	 * Runs an attempt whose answer goes to the caller, whatever it is.
	 */
	ClientHttpResponse run(GuardedAttempt attempt, TargetGate gate) throws IOException {
		CallPermit permit = gate.acquire(CallPermit.current());
		try {
			return answer(attempt, permit).response();
		}
		catch (IOException | RuntimeException | Error ex) {
			permit.complete(TransportFailures.classify(ex, null));
			throw ex;
		}
	}

	/**
	 * Sends the request and prepares the answer. A permit whose answer is an error is
	 * completed; one whose answer is good is completed when its body ends.
	 */
	GuardedAnswer answer(GuardedAttempt attempt, CallPermit permit) throws IOException {
		permit.traceTo((LlmCallTrace) attempt.request().getAttributes().get(LlmCallTrace.ATTRIBUTE));
		ClientHttpResponse response = send(attempt, permit);
		try {
			AnswerHead head = new AnswerHead(attempt.call().operation().endpoint(), permit.gate().target().model(),
					response.getStatusCode().value(), response.getHeaders()::getFirst, this.clock);
			return (head.status() >= FIRST_ERROR_STATUS) ? failed(attempt, permit, head, response)
					: observed(attempt, permit, head, response);
		}
		catch (IOException | RuntimeException ex) {
			response.close();
			throw ex;
		}
	}

	private ClientHttpResponse send(GuardedAttempt attempt, CallPermit permit) throws IOException {
		CallPermit.Scope scope = permit.makeCurrent();
		try {
			return this.execution.execute(attempt.request(), attempt.body());
		}
		finally {
			scope.close();
		}
	}

	private GuardedAnswer failed(GuardedAttempt attempt, CallPermit permit, AnswerHead head,
			ClientHttpResponse response) throws IOException {
		ErrorBody body = ErrorBody.read(response.getBody());
		CallOutcome outcome = attempt.call().provider().dialect().classify(new ErrorAnswer(head, body.bytes()));
		return GuardedAnswer.failed(new DelegatingResponse(response, body.replayed()), permit.complete(outcome),
				body.bytes());
	}

	private GuardedAnswer observed(GuardedAttempt attempt, CallPermit permit, AnswerHead head,
			ClientHttpResponse response) throws IOException {
		BodyObserver observer = attempt.call().provider().dialect().observe(head);
		if (!observer.isStream()) {
			permit.answered();
		}
		ObservedInputStream body = new ObservedInputStream(response.getBody(), observer, permit, head.status());
		return GuardedAnswer.good(new DelegatingResponse(response, body), body);
	}

}
