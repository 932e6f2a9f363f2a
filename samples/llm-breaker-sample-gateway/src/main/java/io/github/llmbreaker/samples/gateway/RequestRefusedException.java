// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import org.springframework.http.HttpStatus;

/**
 * The gateway itself has something against a request.
 */
final class RequestRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private final String code;

	RequestRefusedException(HttpStatus status, String code, String message) {
		super(message, null, false, false);
		this.status = status;
		this.code = code;
	}

	HttpStatus status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	/** Whether the same request can be welcome in a moment. */
	boolean isPassing() {
		return this.status == HttpStatus.SERVICE_UNAVAILABLE;
	}

}
