// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to say about a breaker at one moment.
 *
 * @param state the state
 * @param stateSince since when
 * @param remainingCooldown how long calls will still be rejected; zero if they are not
 * @param openedBy the kind that opened it; {@code null} while closed or if opened by hand
 * @param trips how often it opened by itself
 * @param calls what became of all calls so far
 * @param window the calls in the window; of the closed period before, unless closed
 * @param failures counted failures so far by kind
 * @param lastFailure the last counted failure; {@code null} if there was none
 * @since 0.1.0
 */
public record BreakerSnapshot(BreakerState state, Instant stateSince, Duration remainingCooldown,
		@Nullable OutcomeKind openedBy, long trips, Calls calls, Window window, Map<OutcomeKind, Long> failures,
		@Nullable Failure lastFailure) {

	/**
	 * What became of all calls so far.
	 *
	 * @param succeeded ended well
	 * @param failed counted as failures
	 * @param neutral ended in a way that says nothing about the target
	 * @param rejected were rejected, or would have been in observe mode
	 * @param late ended after the breaker had moved on
	 * @since 0.1.0
	 */
	public record Calls(long succeeded, long failed, long neutral, long rejected, long late) {
	}

	/**
	 * The calls in the window.
	 *
	 * @param calls their number
	 * @param failures how many of them failed
	 * @param failureRate percentage, 0 without calls
	 * @param slowCallRate percentage, 0 without calls
	 * @since 0.1.0
	 */
	public record Window(int calls, int failures, double failureRate, double slowCallRate) {

		static final Window EMPTY = new Window(0, 0, 0, 0);

	}

	/**
	 * What rejections have saved so far.
	 *
	 * @param calls calls that were not made; none in observe mode
	 * @param time what they would have waited for their failure, going by those that did
	 */
	public record Spared(long calls, Duration time) {
	}

	/**
	 * A counted failure.
	 *
	 * @param kind its kind
	 * @param status its HTTP status; {@code null} if it had none
	 * @param at when
	 * @since 0.1.0
	 */
	public record Failure(OutcomeKind kind, @Nullable Integer status, Instant at) {
	}

}
