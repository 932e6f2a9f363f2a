// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package com.google.genai.errors;

/**
 * Looks like the exception of Google's library.
 */
public abstract class ApiException extends RuntimeException {

	private final int code;

	private final String status;

	protected ApiException(int code, String status, String message) {
		super(message);
		this.code = code;
		this.status = status;
	}

	public int code() {
		return this.code;
	}

	public String status() {
		return this.status;
	}

}
