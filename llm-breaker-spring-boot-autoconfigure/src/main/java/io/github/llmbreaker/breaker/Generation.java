// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * One period of a breaker between two changes: a call belongs to the generation that
 * admitted it, and can't change a later one.
 */
final class Generation {

	final BreakerState state;

	final Timestamp since;

	/** {@code null} while closed or disabled. */
	final @Nullable OpenPeriod openPeriod;

	/** Only while closed. */
	final @Nullable OpeningRule rule;

	/** Only while half-open. */
	final @Nullable ProbePlaces places;

	/** The half-open generation whose probes closed the breaker. */
	final @Nullable Generation probed;

	/** How long it lasts; {@code null} if not limited. Grows only. */
	private volatile @Nullable Long limitNanos;

	private Generation(BreakerState state, Timestamp since, @Nullable OpenPeriod openPeriod, @Nullable OpeningRule rule,
			@Nullable ProbePlaces places, @Nullable Generation probed) {
		this.state = state;
		this.since = since;
		this.openPeriod = openPeriod;
		this.rule = rule;
		this.places = places;
		this.probed = probed;
	}

	static Generation closed(Timestamp since, OpeningRule rule, @Nullable Generation probed) {
		return new Generation(BreakerState.CLOSED, since, null, rule, null, probed);
	}

	static Generation open(Timestamp since, OpenPeriod openPeriod, long nanos) {
		Generation generation = new Generation(BreakerState.OPEN, since, openPeriod, null, null, null);
		generation.limitNanos = nanos;
		return generation;
	}

	static Generation halfOpen(Timestamp since, OpenPeriod openPeriod, ProbePlaces places) {
		return new Generation(BreakerState.HALF_OPEN, since, openPeriod, null, places, null);
	}

	static Generation forcedOpen(Timestamp since, OpenPeriod openPeriod, @Nullable Long nanos) {
		Generation generation = new Generation(BreakerState.FORCED_OPEN, since, openPeriod, null, null, null);
		generation.limitNanos = nanos;
		return generation;
	}

	static Generation disabled(Timestamp since) {
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
	Timestamp end() {
		Long limit = this.limitNanos;
		return (limit != null) ? this.since.plusNanos(limit) : this.since;
	}

	/** Returns what others should know of it. */
	SharedState shared(long now) {
		Duration remaining = (this.limitNanos != null) ? Duration.ofNanos(remainingNanos(now)) : null;
		int reopenings = (this.openPeriod != null) ? this.openPeriod.reopenings() : 0;
		Trip trip = trip();
		return (trip != null)
				? new SharedState(this.state, remaining, trip.kind(), trip.status(), trip.inStream(), reopenings)
				: new SharedState(this.state, remaining, null, null, false, reopenings);
	}

	@Nullable Trip trip() {
		return (this.openPeriod != null) ? this.openPeriod.trip() : null;
	}

	@Nullable Long firstOpened() {
		return (this.openPeriod != null) ? this.openPeriod.firstOpened() : null;
	}

}
