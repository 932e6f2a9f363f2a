// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.Arrays;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Portkey's circuit breaker with the numbers of its documentation's example: more than 20
 * percent of at least ten calls open it for 60 seconds, then it is closed by itself. The
 * documentation does not say over which time; here it is the last minute.
 */
final class PortkeyStrategy implements Strategy {

	private static final int LEAST_CALLS = 10;

	private static final double SHARE = 0.2;

	private static final double COOLDOWN = 60;

	private static final int SECONDS = 60;

	@Override
	public String name() {
		return "Portkey's rule";
	}

	@Override
	public Guard start(Run run) {
		return new Target(run.time());
	}

	/**
	 * A target of a strategy.
	 */
	private static final class Target implements Guard, Guard.Place {

		private final SimulatedTime time;

		private final int[] succeeded = new int[SECONDS];

		private final int[] failed = new int[SECONDS];

		private long second;

		private double until;

		Target(SimulatedTime time) {
			this.time = time;
		}

		@Override
		public @Nullable Place enter(double now) {
			return isOpen() ? null : this;
		}

		@Override
		public boolean isOpen() {
			return this.time.seconds() < this.until;
		}

		@Override
		public void end(CallOutcome outcome) {
			forget();
			int index = (int) (this.second % SECONDS);
			if (outcome.kind() == OutcomeKind.SUCCESS) {
				this.succeeded[index]++;
				return;
			}
			this.failed[index]++;
			int failures = Arrays.stream(this.failed).sum();
			int calls = failures + Arrays.stream(this.succeeded).sum();
			if (!isOpen() && calls >= LEAST_CALLS && failures > SHARE * calls) {
				this.until = this.time.seconds() + COOLDOWN;
				Arrays.fill(this.succeeded, 0);
				Arrays.fill(this.failed, 0);
			}
		}

		private void forget() {
			long now = (long) this.time.seconds();
			for (long passed = Math.max(this.second + 1, now - SECONDS + 1); passed <= now; passed++) {
				this.succeeded[(int) (passed % SECONDS)] = 0;
				this.failed[(int) (passed % SECONDS)] = 0;
			}
			this.second = now;
		}

	}

}
