// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of coder/aibridge as documented: of 429, 503, 504 and 529 five in a row
 * within ten seconds open it for 30 seconds; then three probes, three successes in a row
 * close it, one failure opens it again. Counting starts anew every ten seconds, and what
 * began before does not count.
 */
final class AibridgeStrategy implements Strategy {

	private static final int FAILURES = 5;

	private static final double INTERVAL = 10;

	private static final double TIMEOUT = 30;

	private static final int PROBES = 3;

	@Override
	public String name() {
		return "aibridge's rule";
	}

	@Override
	public Guard start(Run run) {
		return new CountingBreaker(run.time());
	}

	private enum State {

		CLOSED, OPEN, HALF_OPEN

	}

	/**
	 * Counts in generations.
	 */
	private static final class CountingBreaker implements Guard {

		private final SimulatedTime time;

		private State state = State.CLOSED;

		private long generation;

		private double expiry = INTERVAL;

		private int requests;

		private int failuresInARow;

		private int successesInARow;

		CountingBreaker(SimulatedTime time) {
			this.time = time;
		}

		@Override
		public @Nullable Place enter(double now) {
			State current = current();
			if (current == State.OPEN || (current == State.HALF_OPEN && this.requests >= PROBES)) {
				return null;
			}
			this.requests++;
			long admitted = this.generation;
			return (outcome) -> end(admitted, isFailure(outcome.kind()));
		}

		@Override
		public boolean isOpen() {
			return current() != State.CLOSED;
		}

		private void end(long admitted, boolean failure) {
			State current = current();
			if (admitted != this.generation) {
				return;
			}
			this.failuresInARow = failure ? this.failuresInARow + 1 : 0;
			this.successesInARow = failure ? 0 : this.successesInARow + 1;
			if (failure && (current == State.HALF_OPEN || this.failuresInARow >= FAILURES)) {
				change(State.OPEN);
			}
			else if (current == State.HALF_OPEN && this.successesInARow >= PROBES) {
				change(State.CLOSED);
			}
		}

		private State current() {
			if (this.time.seconds() >= this.expiry) {
				change((this.state == State.OPEN) ? State.HALF_OPEN : this.state);
			}
			return this.state;
		}

		private void change(State to) {
			this.state = to;
			this.generation++;
			this.requests = 0;
			this.failuresInARow = 0;
			this.successesInARow = 0;
			this.expiry = switch (to) {
				case CLOSED -> this.time.seconds() + INTERVAL;
				case OPEN -> this.time.seconds() + TIMEOUT;
				case HALF_OPEN -> Double.POSITIVE_INFINITY;
			};
		}

		private static boolean isFailure(OutcomeKind kind) {
			return kind == OutcomeKind.RATE_LIMITED || kind == OutcomeKind.OVERLOADED || kind == OutcomeKind.TIMEOUT;
		}

	}

}
