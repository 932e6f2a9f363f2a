// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Goes with an admitted call wherever it runs, and is told when nothing of it runs any
 * more. Must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallCompanion {

	/**
	 * The call has ended. Told once.
	 * @param outcome how, as judged
	 */
	void ended(CallOutcome outcome);

	/**
	 * The call has become the current one of this thread.
	 * @return what to do on this thread when it no longer is; {@code null} for nothing
	 */
	default @Nullable Runnable enter() {
		return null;
	}

	/**
	 * Returns this together with another one.
	 * @param other told after this one
	 * @return both of them
	 */
	default CallCompanion and(CallCompanion other) {
		return new Both(this, other);
	}

	/** Returns the one that has come first: itself unless there are several. */
	default CallCompanion first() {
		return this;
	}

	/**
	 * Two of them, of which the first knows about threads.
	 *
	 * @param first came first
	 * @param second came second
	 */
	record Both(CallCompanion first, CallCompanion second) implements CallCompanion {

		@Override
		public void ended(CallOutcome outcome) {
			this.first.ended(outcome);
			this.second.ended(outcome);
		}

		@Override
		public @Nullable Runnable enter() {
			return this.first.enter();
		}

	}

}
