// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;

/**
 * Sees guarded calls as an application sees them: each once, with its retries, fallbacks
 * and rejections. Knows what else is observed, of which calls are part. Must not throw.
 *
 * @since 0.1.0
 */
public interface CallObserver {

	/** Sees nothing. */
	CallObserver NONE = new CallObserver() {

		@Override
		public @Nullable Object current() {
			return null;
		}

		@Override
		public @Nullable CallSpan start(TargetGate gate, BreakerState state, @Nullable Object around) {
			return null;
		}

		@Override
		public @Nullable Runnable enter(Object observation) {
			return null;
		}

	};

	/** Returns the observation that this thread is part of; {@code null} if none. */
	@Nullable Object current();

	/**
	 * A call begins.
	 * @param state the state of the breaker that matters
	 * @param around the observation it is part of; {@code null} for the one of this
	 * thread
	 * @return where to tell how it goes on; {@code null} if nobody wants to know
	 */
	@Nullable CallSpan start(TargetGate gate, BreakerState state, @Nullable Object around);

	/**
	 * Makes an observation the one that this thread is part of.
	 * @return ends that, on the same thread; {@code null} if there is nothing to end
	 */
	@Nullable Runnable enter(Object observation);

}
