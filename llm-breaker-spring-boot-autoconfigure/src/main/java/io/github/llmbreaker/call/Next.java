// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What comes next in a call.
 *
 * @param action what to do
 * @param attempt the attempt to make; {@code null} unless there is one
 * @param delay the wait before {@link LlmCall#begin()}; zero unless waiting
 * @param error what the caller gets; {@code null} unless failing
 * @since 0.1.0
 */
public record Next(Action action, @Nullable Attempt attempt, Duration delay, @Nullable Throwable error) {

	static Next run(Attempt attempt) {
		return new Next(Action.RUN, attempt, Duration.ZERO, null);
	}

	static Next retry(Duration delay) {
		return new Next(Action.RETRY, null, delay, null);
	}

	static Next fail(Throwable error) {
		return new Next(Action.FAIL, null, Duration.ZERO, error);
	}

	/** Returns the attempt to make. */
	public Attempt requiredAttempt() {
		return Objects.requireNonNull(this.attempt, "no attempt");
	}

	/** Returns what the caller gets. */
	public Throwable requiredError() {
		return Objects.requireNonNull(this.error, "no error: the call goes on");
	}

	/**
	 * What to do.
	 *
	 * @since 0.1.0
	 */
	public enum Action {

		/** Make the attempt now: it is admitted. */
		RUN,

		/** Wait, then ask {@link LlmCall#begin()} for the attempt. */
		RETRY,

		/** Give up. */
		FAIL

	}

}
