// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

/**
 * A provider's answer is an error although it came with a good status, or is not whole.
 */
final class FailedAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String document;

	FailedAnswerException(String document) {
		super("The provider's answer is not complete", null, false, false);
		this.document = document;
	}

	/** What has come, or what the gateway has to say of it. */
	String document() {
		return this.document;
	}

}
