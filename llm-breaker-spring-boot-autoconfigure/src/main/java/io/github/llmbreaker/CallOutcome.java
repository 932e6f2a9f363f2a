// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How one call ended and what that means.
 *
 * @param kind how the call ended
 * @param scope whom a failure is about
 * @param countsAsFailure whether it counts as a failure under the policy in force
 * @param retryAfter how long the provider asks to wait, before any cap; {@code null}
 * without a hint
 * @param status the HTTP status; {@code null} if there was no answer
 * @since 0.1.0
 */
public record CallOutcome(OutcomeKind kind, OutcomeScope scope, boolean countsAsFailure, @Nullable Duration retryAfter,
		@Nullable Integer status) {

	/**
	 * Checks that kind and scope are there.
	 */
	public CallOutcome {
		Objects.requireNonNull(kind, "'kind' must not be null");
		Objects.requireNonNull(scope, "'scope' must not be null");
	}

}
