// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.Instant;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a breaker.
 *
 * @param at when
 * @param type what
 * @param from the state before, of a state change
 * @param to the state after, of a state change
 * @param kind the kind of the failure, if one was involved
 * @param status the HTTP status of the failure, if it had one
 * @param retryAfter the wait the provider asked for; {@code null} if it did not
 * @since 0.1.0
 */
public record BreakerEvent(Instant at, Type type, @Nullable BreakerState from, @Nullable BreakerState to,
		@Nullable OutcomeKind kind, @Nullable Integer status, @Nullable Duration retryAfter) {

	/**
	 * What happened.
	 *
	 * @since 0.1.0
	 */
	public enum Type {

		/** The state changed. */
		STATE_CHANGED,

		/** A failure was counted. */
		FAILURE,

		/** A call was rejected, or would have been in observe mode. */
		REJECTED,

		/** A call ended after the breaker had moved on. */
		LATE,

		/** A hint of a call still in flight made the cooldown longer. */
		COOLDOWN_EXTENDED,

		/** It was reset by hand. */
		RESET

	}

}
