// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.BreakerEvent;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.StateChange;
import org.jspecify.annotations.Nullable;

/**
 * A breaker has changed its state, and somebody should know.
 *
 * @param breaker the breaker
 * @param from its state when it was told last
 * @param change its last change
 * @param outage what is known of the outage that begins, goes on or ends
 * @param changes how often its state changed since it was told last
 */
record Alert(BreakerView breaker, BreakerState from, StateChange change, Outage outage, int changes) {

	static Alert of(BreakerView breaker, StateChange change, Outage outage) {
		return new Alert(breaker, change.from(), change, outage, 1);
	}

	/** Returns this one in place of an earlier one that was not sent. */
	Alert insteadOf(Alert earlier) {
		return new Alert(this.breaker, earlier.from, this.change, this.outage, this.changes + earlier.changes);
	}

	String name() {
		return this.breaker.name();
	}

	BreakerState state() {
		return this.change.to();
	}

	/** Returns when it will probe; {@code null} if it is not open, or until told so. */
	@Nullable Instant until() {
		Duration remaining = this.change.remaining();
		return (remaining != null) ? this.change.at().plus(remaining) : null;
	}

	BreakerSnapshot.Spared spared() {
		BreakerSnapshot.Spared all = this.breaker.spared();
		BreakerSnapshot.Spared before = this.outage.sparedBefore();
		return new BreakerSnapshot.Spared(all.calls() - before.calls(), all.time().minus(before.time()));
	}

	/**
	 * The time from opening to closed.
	 *
	 * @param cause why, in one sentence
	 * @param why the failures that opened the breaker
	 * @param sparedBefore what had been spared before it
	 */
	record Outage(@Nullable String cause, List<BreakerEvent> why, BreakerSnapshot.Spared sparedBefore) {

		static Outage of(BreakerView breaker) {
			return new Outage(breaker.cause(), breaker.why(), breaker.spared());
		}

	}

}
