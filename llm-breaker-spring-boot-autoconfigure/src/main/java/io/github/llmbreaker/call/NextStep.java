// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.Objects;

import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;

/**
 * What comes after a failed attempt.
 *
 * @param action what to do
 * @param gate the gate to go through; {@code null} when failing
 * @param delay the wait before; zero unless retrying
 * @param error what the caller gets; {@code null} unless failing
 * @since 0.1.0
 */
public record NextStep(Action action, @Nullable TargetGate gate, Duration delay, @Nullable Throwable error) {

	/**
	 * What to do next.
	 *
	 * @since 0.1.0
	 */
	public enum Action {

		/** Try the same target again after the delay. */
		RETRY,

		/** Try another target now. */
		FALLBACK,

		/** Give up. */
		FAIL

	}

	static NextStep retry(TargetGate gate, Duration delay) {
		return new NextStep(Action.RETRY, gate, delay, null);
	}

	static NextStep fallback(TargetGate gate) {
		return new NextStep(Action.FALLBACK, gate, Duration.ZERO, null);
	}

	static NextStep fail(Throwable error) {
		return new NextStep(Action.FAIL, null, Duration.ZERO, error);
	}

	/**
	 * Returns the gate to go through.
	 * @return the gate
	 * @throws NullPointerException if this step gives up
	 */
	public TargetGate requiredGate() {
		return Objects.requireNonNull(this.gate, "no gate: the call has failed");
	}

	/**
	 * Returns what the caller gets.
	 * @return the error
	 * @throws NullPointerException if this step does not give up
	 */
	public Throwable requiredError() {
		return Objects.requireNonNull(this.error, "no error: the call goes on");
	}

}
