// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;

/**
 * Told of everything that happens at the breakers, on the thread where it happens and
 * without any lock held. For use inside the library: implementations return at once; what
 * they throw is logged once and ignored.
 *
 * @since 0.1.0
 */
public interface BreakerListener {

	/** A breaker exists from now on. */
	default void onCreated(BreakerView breaker) {
	}

	/** A breaker was evicted. */
	default void onEvicted(BreakerView breaker) {
	}

	/** A breaker has changed its state. */
	default void onStateChange(BreakerView breaker, StateChange change) {
	}

	/**
	 * A call was rejected, or would have been in observe mode.
	 * @param breaker the breaker that rejected it
	 * @param target the call's own target
	 * @param reason why
	 */
	default void onRejected(BreakerView breaker, LlmTarget target, RejectReason reason) {
	}

	/**
	 * A call has ended.
	 * @param gate the gate it went through
	 * @param outcome how it ended, as judged
	 * @param nanos its duration in nanoseconds
	 */
	default void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
	}

	/** A call ended after the breaker had moved on, and was not counted. */
	default void onLate(BreakerView breaker) {
	}

	/**
	 * A call is tried again on the same target.
	 * @param gate the target's gate
	 * @param delay the wait before
	 */
	default void onRetry(GateView gate, Duration delay) {
	}

	/**
	 * A call would be tried again on the same target, but too many were of late.
	 * @param gate the target's gate
	 */
	default void onRetryDenied(GateView gate) {
	}

	/**
	 * Another target is tried instead.
	 * @param from the gate of the target that is left
	 * @param to the gate of the target that is tried
	 */
	default void onFallback(GateView from, GateView to) {
	}

	/** A gate, and with it the meters of its target, is no longer kept. */
	default void onGateEvicted(GateView gate) {
	}

}
