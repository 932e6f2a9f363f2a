// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.Cooldown.Outage;
import org.jspecify.annotations.Nullable;

/**
 * The time from the first opening of a breaker until it closes: what it remembers over
 * that time, probes included.
 *
 * @param trip the call that opened it last; {@code null} if opened by hand
 * @param reopenings how often it opened again after the first time
 * @param rejectedBefore the calls that were rejected up to then
 * @param firstOpened when it opened first, as a reading of the ticker; {@code null} if it
 * never did
 * @param window the calls in the window of the closed period before
 * @param before what had become of calls from the first failure until it opened
 * @param decision what it opened for; {@code null} if no rule has opened it
 * @param longestFailure how long the failures took that have opened it and those of
 * probes, at most; 0 if that is not known
 */
record OpenPeriod(@Nullable Trip trip, int reopenings, long rejectedBefore, @Nullable Long firstOpened,
		BreakerSnapshot.Window window, Outage before, @Nullable OpeningDecision decision, long longestFailure) {

	/** By chance a failure may take somewhat longer than those before. */
	private static final double BY_FAR = 1.5;

	/** Who is turned away at once may be heard not quite so fast the next time. */
	private static final long SHORTEST_LIFE = Nanos.of(Duration.ofMillis(500));

	/**
	 * Returns for how long a probe must go on to show life: for longer than all failures
	 * of this outage took.
	 * @return endless where that proves nothing
	 */
	long lifeNanos() {
		boolean telling = this.trip != null && !this.trip.inStream() && !this.trip.slow() && this.longestFailure > 0;
		return telling ? Math.max(SHORTEST_LIFE, (long) (BY_FAR * this.longestFailure)) : Long.MAX_VALUE;
	}

	/** It opens for the first time. */
	OpenPeriod openedBy(Trip reason, long now, @Nullable OpeningDecision decided) {
		return new OpenPeriod(reason, 0, this.rejectedBefore, now, this.window, this.before, decided,
				Math.max(this.longestFailure, reason.nanos()));
	}

	OpenPeriod reopenedBy(Trip reason) {
		// a stream that begins proves as little as before if the next one just hangs
		boolean inStream = this.trip != null && this.trip.inStream() && reason.kind() == OutcomeKind.TIMEOUT;
		return openedBy(inStream ? reason.withinStreams() : reason, this.reopenings + 1, this.firstOpened,
				Math.max(this.longestFailure, reason.nanos()));
	}

	/** A probe has shown life meanwhile: what was before counts no more. */
	OpenPeriod revived(Outage forgotten) {
		Outage before = new Outage(this.before.nanos() - forgotten.nanos(), this.before.asked() - forgotten.asked());
		return new OpenPeriod(this.trip, this.reopenings, this.rejectedBefore, this.firstOpened, this.window, before,
				this.decision, this.longestFailure);
	}

	/** Another instance of the application has opened it. */
	OpenPeriod openedElsewhere(@Nullable Trip reason, int times, long now) {
		return openedBy(reason, times, (this.firstOpened != null) ? this.firstOpened : now, this.longestFailure);
	}

	OpenPeriod openedByHand(long now) {
		return openedElsewhere(null, this.reopenings, now);
	}

	private OpenPeriod openedBy(@Nullable Trip reason, int times, @Nullable Long first, long longest) {
		return new OpenPeriod(reason, times, this.rejectedBefore, first, this.window, this.before, this.decision,
				longest);
	}

}
