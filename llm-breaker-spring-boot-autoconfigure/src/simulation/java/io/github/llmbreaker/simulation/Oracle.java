// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Knows at any time what a probe would have told that is never made: how the model was
 * when a call began that tells it by now. Makes a call if more than half of such calls
 * succeed.
 */
final class Oracle implements Strategy {

	@Override
	public String name() {
		return "oracle";
	}

	@Override
	public Guard start(Run run) {
		return new Known(run.truth(), run.key());
	}

	/**
	 * Looks at the truth, but late.
	 */
	private record Known(Provider truth, int key) implements Guard {

		@Override
		public @Nullable Place enter(double now) {
			return isDead(now) ? null : (outcome) -> {
			};
		}

		@Override
		public boolean isOpen() {
			return false;
		}

		/** The latest probe that has told something by now is right. */
		private boolean isDead(double now) {
			double failed = now - this.truth.secondsToFail(now);
			double lived = now - this.truth.secondsToLive();
			boolean tellsDead = this.truth.isDead(failed, this.key);
			boolean tellsAlive = !this.truth.isDead(lived, this.key);
			if (tellsDead && tellsAlive) {
				return failed > lived;
			}
			return tellsDead || (!tellsAlive && failed > lived);
		}

	}

}
