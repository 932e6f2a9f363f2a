// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.Serial;

/**
 * An answer that is an error, while it is not decided whether the caller gets it. Never
 * leaves this package.
 */
final class HeldAnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient GuardedResponse response;

	HeldAnswerException(GuardedResponse response) {
		super(null, null, true, false);
		this.response = response;
	}

	GuardedResponse response() {
		return this.response;
	}

}
