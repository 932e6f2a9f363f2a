// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * One period of a breaker between two changes: a call belongs to the generation that
 * admitted it, and can't change a later one.
 */
final class Generation {

	final BreakerState state;

	final Moment since;

	/** {@code null} while closed or disabled. */
	final @Nullable Outage outage;

	/** Only while closed. */
	final @Nullable CallWindow window;

	/** Only while half-open. */
	final @Nullable ProbePlaces places;

	/** The half-open generation whose probes closed the breaker. */
	final @Nullable Generation probed;

	/** How long it lasts; {@code null} if not limited. Grows only. */
	private volatile @Nullable Long limitNanos;

	private Generation(BreakerState state, Moment since, @Nullable Outage outage, @Nullable CallWindow window,
			@Nullable ProbePlaces places, @Nullable Generation probed) {
		this.state = state;
		this.since = since;
		this.outage = outage;
		this.window = window;
		this.places = places;
		this.probed = probed;
	}

	static Generation closed(Moment since, CallWindow window, @Nullable Generation probed) {
		return new Generation(BreakerState.CLOSED, since, null, window, null, probed);
	}

	static Generation open(Moment since, Outage outage, long nanos) {
		Generation generation = new Generation(BreakerState.OPEN, since, outage, null, null, null);
		generation.limitNanos = nanos;
		return generation;
	}

	static Generation halfOpen(Moment since, Outage outage, ProbePlaces places) {
		return new Generation(BreakerState.HALF_OPEN, since, outage, null, places, null);
	}

	static Generation forcedOpen(Moment since, Outage outage, @Nullable Long nanos) {
		Generation generation = new Generation(BreakerState.FORCED_OPEN, since, outage, null, null, null);
		generation.limitNanos = nanos;
		return generation;
	}

	static Generation disabled(Moment since) {
		return new Generation(BreakerState.DISABLED, since, null, null, null, null);
	}

	boolean rejects() {
		return this.state == BreakerState.OPEN || this.state == BreakerState.FORCED_OPEN;
	}

	@Nullable Long limitNanos() {
		return this.limitNanos;
	}

	/** Makes it last longer; to be called under the breaker's lock. */
	boolean extend(long nanos) {
		Long limit = this.limitNanos;
		if (limit == null || nanos <= limit) {
			return false;
		}
		this.limitNanos = nanos;
		return true;
	}

	boolean isOver(long now) {
		Long limit = this.limitNanos;
		return limit != null && now - this.since.nanos() >= limit;
	}

	long remainingNanos(long now) {
		Long limit = this.limitNanos;
		return (limit != null) ? Math.max(0, limit - (now - this.since.nanos())) : 0;
	}

	/** Returns the moment when it ends; only if it is limited. */
	Moment end() {
		Long limit = this.limitNanos;
		return (limit != null) ? this.since.plusNanos(limit) : this.since;
	}

	@Nullable Trip trip() {
		return (this.outage != null) ? this.outage.trip() : null;
	}

	@Nullable Long firstOpened() {
		return (this.outage != null) ? this.outage.firstOpened() : null;
	}

}
