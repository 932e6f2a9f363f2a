// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The cooldowns of LiteLLM's router as documented, with its defaults, for one of several
 * deployments: 401, 404, 408 and 429 cool it down at once, other failures when they are
 * more than half of at least five calls that ended within the minute of the clock. It is
 * left alone for 5 seconds or as long as it asks, then used as before.
 */
final class LiteLlmStrategy implements Strategy {

	static final double COOLDOWN = 5;

	private static final double MINUTE = 60;

	private static final int LEAST_CALLS = 5;

	@Override
	public String name() {
		return "LiteLLM's rule";
	}

	@Override
	public Guard start(Run run) {
		return new Deployment(run.time());
	}

	/**
	 * A deployment.
	 */
	private static final class Deployment implements Guard, Guard.Place {

		private final SimulatedTime time;

		private double until;

		private long minute;

		private int succeeded;

		private int failed;

		Deployment(SimulatedTime time) {
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
			long current = (long) (this.time.seconds() / MINUTE);
			if (current != this.minute) {
				this.minute = current;
				this.succeeded = 0;
				this.failed = 0;
			}
			if (outcome.kind() == OutcomeKind.SUCCESS) {
				this.succeeded++;
				return;
			}
			this.failed++;
			int calls = this.succeeded + this.failed;
			if (isTerminal(outcome.kind()) || (calls >= LEAST_CALLS && this.failed > 0.5 * calls)) {
				Duration hint = outcome.retryAfter();
				this.until = this.time.seconds() + ((hint != null) ? hint.toMillis() / 1000.0 : COOLDOWN);
			}
		}

		private static boolean isTerminal(OutcomeKind kind) {
			return kind == OutcomeKind.RATE_LIMITED || kind == OutcomeKind.AUTH || kind == OutcomeKind.TIMEOUT;
		}

	}

}
