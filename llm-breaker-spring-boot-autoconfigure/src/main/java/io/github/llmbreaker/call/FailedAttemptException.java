// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.Serial;
import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * Names the target and outcome of an attempt that failed, suppressed in the error that
 * the caller gets. Has no stack trace of its own.
 *
 * @since 0.1.0
 */
public final class FailedAttemptException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	FailedAttemptException(LlmTarget target, @Nullable CallOutcome outcome, @Nullable Throwable cause) {
		super(describe(target, outcome), cause, false, false);
	}

	/** Whether another one is of an attempt that failed in the same way. */
	boolean saysTheSame(Throwable other) {
		return other instanceof FailedAttemptException && other.getCause() == getCause()
				&& Objects.equals(other.getMessage(), getMessage());
	}

	static String describe(LlmTarget target, @Nullable CallOutcome outcome) {
		String name = target.provider() + ":" + ((target.model() != null) ? target.model() : "*");
		if (outcome == null) {
			return name + " was rejected";
		}
		return name + " failed with " + outcome.kind()
				+ ((outcome.status() != null) ? " (HTTP " + outcome.status() + ")" : "");
	}

}
