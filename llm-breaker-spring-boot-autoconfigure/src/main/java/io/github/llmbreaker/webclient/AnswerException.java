// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.Serial;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * An answer that is an error, while it is not decided whether the caller gets it. Is
 * never thrown.
 */
final class AnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private transient ClientResponse response;

	AnswerException(ClientResponse response) {
		super("The provider answered with status " + response.statusCode().value(), null, true, false);
		this.response = response;
	}

	/**
	 * Replaces the answer by one that needs no connection.
	 */
	void detach(HeldAnswer answer) {
		this.response = answer.detached();
	}

	/**
	 * Returns the answer for the caller, whose exception names the other attempts, too.
	 */
	ClientResponse answer() {
		return (getSuppressed().length > 0) ? new FailedResponse(this.response, getSuppressed()) : this.response;
	}

}
