// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package com.google.genai.errors;

/**
 * Looks like the exception of Google's library.
 */
public class GenAiIOException extends RuntimeException {

	public GenAiIOException(String message, Throwable cause) {
		super(message, cause);
	}

}
