// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * What the gateway makes of how a call ended.
 */
final class Outcome {

	private Outcome() {
	}

	/** Whether a call is known to have failed, whatever its status says. */
	static boolean isFailure(LlmCallTrace trace) {
		CallOutcome outcome = trace.outcome();
		return outcome != null && switch (outcome.kind()) {
			case SUCCESS, CONTENT_FILTERED, CANCELLED -> false;
			case RATE_LIMITED, OVERLOADED, QUOTA_EXHAUSTED, AUTH, PERMISSION, SERVER_ERROR, TIMEOUT, CONNECT_ERROR,
					STREAM_ERROR, CLIENT_ERROR, MODEL_NOT_FOUND, CONTEXT_LENGTH ->
				true;
		};
	}

	/** The status for an error that came with a good one. */
	static HttpStatus status(LlmCallTrace trace) {
		return status(trace.outcome());
	}

	private static HttpStatus status(@Nullable CallOutcome outcome) {
		OutcomeKind kind = (outcome != null) ? outcome.kind() : OutcomeKind.SERVER_ERROR;
		return switch (kind) {
			case RATE_LIMITED, QUOTA_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
			case OVERLOADED -> HttpStatus.SERVICE_UNAVAILABLE;
			case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
			case CLIENT_ERROR, CONTENT_FILTERED, CONTEXT_LENGTH -> HttpStatus.BAD_REQUEST;
			case MODEL_NOT_FOUND -> HttpStatus.NOT_FOUND;
			case SUCCESS, AUTH, PERMISSION, SERVER_ERROR, CONNECT_ERROR, STREAM_ERROR, CANCELLED ->
				HttpStatus.BAD_GATEWAY;
		};
	}

}
