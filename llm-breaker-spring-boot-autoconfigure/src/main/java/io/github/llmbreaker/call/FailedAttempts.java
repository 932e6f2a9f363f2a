// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * The failed attempts of one call, in order.
 *
 * @since 0.1.0
 */
public final class FailedAttempts {

	/** An application that throws one exception again and again collects no more. */
	private static final int MAX_SUPPRESSED = 16;

	private final List<Failed> failed = new ArrayList<>(4);

	/**
	 * Adds one.
	 * @param outcome how it ended; {@code null} if it was rejected
	 */
	public void add(LlmTarget target, @Nullable CallOutcome outcome, Throwable error) {
		this.failed.add(new Failed(target, outcome, error));
	}

	/** Whether there is none. */
	public boolean isEmpty() {
		return this.failed.isEmpty();
	}

	boolean include(LlmTarget target) {
		return this.failed.stream().anyMatch((attempt) -> attempt.target().equals(target));
	}

	/**
	 * Returns the first error of an attempt that reached or tried to reach a provider,
	 * the first rejection if none did, with all other attempts suppressed in it.
	 */
	public Throwable summary() {
		Failed first = this.failed.stream()
			.filter((attempt) -> attempt.outcome() != null)
			.findFirst()
			.orElseGet(() -> this.failed.get(0));
		for (Failed other : this.failed) {
			if (other != first) {
				suppress(first.error(), other);
			}
		}
		return first.error();
	}

	private static void suppress(Throwable error, Failed other) {
		Throwable[] known = error.getSuppressed();
		if (known.length >= MAX_SUPPRESSED) {
			return;
		}
		// an exception that is its own cause would be a circle
		Throwable cause = (other.error() != error) ? other.error() : null;
		FailedAttemptException described = new FailedAttemptException(other.target(), other.outcome(), cause);
		if (Arrays.stream(known).noneMatch(described::saysTheSame)) {
			error.addSuppressed(described);
		}
	}

	private record Failed(LlmTarget target, @Nullable CallOutcome outcome, Throwable error) {
	}

}
