// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.time.Duration;

import io.github.llmbreaker.samples.chat.scripted.ScriptedProperties.Phases;

/**
 * Goes through the phases, beginning with the first request.
 */
final class Outage {

	private final Phases phases;

	private Phase phase = Phase.HEALTHY;

	private long phaseStart;

	private int requests;

	Outage(Phases phases) {
		this.phases = phases;
	}

	/**
	 * Tells how to answer the next request.
	 * @return the phase that it belongs to
	 */
	synchronized Phase request() {
		if (this.phase == Phase.HEALTHY && this.requests == 0) {
			this.phaseStart = System.nanoTime();
		}
		Phase current = phase();
		this.requests++;
		return current;
	}

	synchronized Phase phase() {
		while (this.requests >= this.phase.minRequests() && !isPositive(remaining())) {
			this.phaseStart += duration(this.phase).toNanos();
			this.phase = this.phase.next();
			this.requests = 0;
		}
		return this.phase;
	}

	/**
	 * Returns how long the phase still lasts.
	 * @return the time; zero or less if only requests are missing
	 */
	synchronized Duration remaining() {
		return duration(this.phase).minusNanos(System.nanoTime() - this.phaseStart);
	}

	private Duration duration(Phase phase) {
		return switch (phase) {
			case HEALTHY -> this.phases.healthy();
			case OVERLOADED -> this.phases.overloaded();
			case RATE_LIMITED -> this.phases.rateLimited();
			case RECOVERED -> Duration.ZERO;
		};
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isZero() && !duration.isNegative();
	}

}
