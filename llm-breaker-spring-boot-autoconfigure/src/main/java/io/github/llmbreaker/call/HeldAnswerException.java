// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.Serial;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an error, while it is not decided whether the caller gets it. What
 * the caller gets has it at most as the cause of a suppressed exception.
 *
 * @since 0.1.0
 */
public final class HeldAnswerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Object answer;

	private final @Nullable Integer status;

	public HeldAnswerException(Object answer, CallOutcome outcome) {
		super(null, null, true, false);
		this.answer = answer;
		this.status = outcome.status();
	}

	@Override
	public String getMessage() {
		return (this.status != null) ? "The provider answered with status " + this.status
				: "The answer could not be read";
	}

	/** Returns the answer. */
	public Object answer() {
		return this.answer;
	}

}
