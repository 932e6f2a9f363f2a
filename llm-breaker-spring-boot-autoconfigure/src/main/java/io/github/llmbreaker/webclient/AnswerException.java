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

	private transient HeldAnswer answer;

	AnswerException(HeldAnswer answer) {
		super("The provider answered with status " + answer.response().statusCode().value(), null, true, false);
		this.answer = answer;
	}

	/**
	 * Keeps the answer while another attempt is made: it may have to be handed on after
	 * all.
	 */
	void keep() {
		this.answer = this.answer.kept();
	}

	/**
	 * The caller does not get the answer.
	 */
	void release() {
		this.answer.release();
	}

	/**
	 * Returns the answer for the caller, whose exception names the other attempts, too.
	 */
	ClientResponse answer() {
		ClientResponse response = this.answer.handOn();
		return (getSuppressed().length > 0) ? new FailedResponse(response, getSuppressed()) : response;
	}

}
