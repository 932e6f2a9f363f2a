// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.Serial;

/**
 * An answer that is an error, while it is not decided whether the caller gets it. Never
 * leaves this package.
 */
final class KeptAnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient GuardedAnswer answer;

	KeptAnswerException(GuardedAnswer answer) {
		super(null, null, true, false);
		this.answer = answer;
	}

	GuardedAnswer answer() {
		return this.answer;
	}

}
