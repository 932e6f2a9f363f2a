// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * A breaker does not let a call in.
 *
 * @param breaker the breaker's name
 * @param state its state
 * @param openedBy the kind of failure that opened it; {@code null} if none did
 * @param retryAfter when to come back; zero if not known
 */
record Rejection(String breaker, BreakerState state, @Nullable OutcomeKind openedBy,
		Duration retryAfter) implements AdmissionDecision {

	private static final Duration WHILE_PROBING = Duration.ofSeconds(1);

	static Rejection of(String breaker, Generation generation, long now) {
		Trip trip = generation.trip();
		return new Rejection(breaker, generation.state, (trip != null) ? trip.kind() : null,
				retryAfter(generation, now));
	}

	RejectReason reason() {
		return switch (this.state) {
			case HALF_OPEN -> RejectReason.HALF_OPEN_FULL;
			case FORCED_OPEN -> RejectReason.FORCED_OPEN;
			case OPEN, CLOSED, DISABLED -> RejectReason.OPEN;
		};
	}

	LlmCallRejectedException toException(LlmTarget target) {
		return new LlmCallRejectedException(this.breaker, target, this.state, this.openedBy, this.retryAfter);
	}

	private static Duration retryAfter(Generation generation, long now) {
		return (generation.state == BreakerState.HALF_OPEN) ? WHILE_PROBING
				: Duration.ofNanos(generation.remainingNanos(now));
	}

}
