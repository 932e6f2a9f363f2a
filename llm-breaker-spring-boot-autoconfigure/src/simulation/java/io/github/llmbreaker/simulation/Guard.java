// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What decides, in one run, which calls are made.
 */
interface Guard {

	/**
	 * Asks whether a call may be made.
	 * @param now seconds since the run began
	 * @return its place, or {@code null} if it may not
	 */
	@Nullable Place enter(double now);

	/**
	 * Whether calls are not let in just now, but for probes.
	 * @return whether it takes the model for dead
	 */
	boolean isOpen();

	/**
	 * A call that was let in.
	 */
	interface Place {

		/** The first content of a stream has come. */
		default void contentStarted() {
		}

		/**
		 * The call has ended.
		 * @param outcome how
		 */
		void end(CallOutcome outcome);

	}

}
