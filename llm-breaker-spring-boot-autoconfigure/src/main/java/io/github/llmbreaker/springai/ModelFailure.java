// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Iterator;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.call.FailedAttempts;
import org.jspecify.annotations.Nullable;

/**
 * A model that has not answered, and what follows.
 *
 * @param <T> the kind of model
 */
final class ModelFailure<T> {

	private final ModelFallbacks fallbacks;

	private final FailedAttempts attempts;

	private final Iterator<ModelFallback<T>> next;

	/**
	 * Creates it.
	 * @param fallbacks judges failures
	 * @param attempts the attempts that have failed so far
	 * @param next who can be asked instead
	 */
	ModelFailure(ModelFallbacks fallbacks, FailedAttempts attempts, Iterator<ModelFallback<T>> next) {
		this.fallbacks = fallbacks;
		this.attempts = attempts;
		this.next = next;
	}

	/**
	 * Returns who is asked next; {@code null} if nobody is left.
	 */
	@Nullable ModelFallback<T> next() {
		return this.next.hasNext() ? this.next.next() : null;
	}

	/**
	 * Another one has not answered either.
	 */
	void add(ModelFallback<T> fallback, Throwable error) {
		LlmTarget target = fallback.target();
		this.fallbacks.add(this.attempts, target, error);
	}

	/**
	 * Returns what the caller gets if nobody answers.
	 */
	Throwable error() {
		return this.attempts.summary();
	}

}
