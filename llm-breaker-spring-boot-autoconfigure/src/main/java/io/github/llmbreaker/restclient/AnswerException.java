// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.ByteArrayInputStream;
import java.io.Serial;

import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer that is an error, while it is not decided whether the caller gets it. Never
 * leaves this package.
 */
final class AnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private transient ClientHttpResponse response;

	AnswerException(ClientHttpResponse response) {
		super(null, null, true, false);
		this.response = response;
	}

	ClientHttpResponse response() {
		return this.response;
	}

	/**
	 * Gives the connection back and keeps what may be handed on later.
	 * @param body the beginning of the body
	 */
	void detach(byte[] body) {
		ClientHttpResponse connected = this.response;
		this.response = new DelegatingResponse(connected, new ByteArrayInputStream(body));
		connected.close();
	}

}
