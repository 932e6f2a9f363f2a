// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

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
 */
record OpenPeriod(@Nullable Trip trip, int reopenings, long rejectedBefore, @Nullable Long firstOpened,
		BreakerSnapshot.Window window, Outage before, @Nullable OpeningDecision decision) {

	OpenPeriod reopenedBy(Trip reason) {
		return openedBy(reason, this.reopenings + 1, this.firstOpened);
	}

	/** A probe has shown life meanwhile: what was before counts no more. */
	OpenPeriod revived(Outage forgotten) {
		Outage before = new Outage(this.before.nanos() - forgotten.nanos(), this.before.asked() - forgotten.asked());
		return new OpenPeriod(this.trip, this.reopenings, this.rejectedBefore, this.firstOpened, this.window, before,
				this.decision);
	}

	/** Another instance of the application has opened it. */
	OpenPeriod openedElsewhere(@Nullable Trip reason, int times, long now) {
		return openedBy(reason, times, (this.firstOpened != null) ? this.firstOpened : now);
	}

	OpenPeriod openedByHand(long now) {
		return openedBy(null, this.reopenings, (this.firstOpened != null) ? this.firstOpened : now);
	}

	private OpenPeriod openedBy(@Nullable Trip reason, int times, @Nullable Long first) {
		return new OpenPeriod(reason, times, this.rejectedBefore, first, this.window, this.before, this.decision);
	}

}
