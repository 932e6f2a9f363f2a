// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * A model that has not answered, and what follows.
 */
final class ModelFailure {

	private final RuntimeException error;

	private final Iterator<ModelFallback> fallbacks;

	/**
	 * Creates it.
	 * @param error what the caller gets if nobody answers
	 * @param fallbacks who can
	 */
	ModelFailure(RuntimeException error, Iterator<ModelFallback> fallbacks) {
		this.error = error;
		this.fallbacks = fallbacks;
	}

	/**
	 * Returns who is asked next; {@code null} if nobody is left.
	 */
	@Nullable ModelFallback next() {
		return this.fallbacks.hasNext() ? this.fallbacks.next() : null;
	}

	/**
	 * Another one has not answered either.
	 */
	void add(ModelFallback fallback, Throwable failure) {
		if (failure != this.error) {
			this.error.addSuppressed(failure);
		}
	}

	RuntimeException error() {
		return this.error;
	}

}
