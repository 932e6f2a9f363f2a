// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import org.jspecify.annotations.Nullable;

/**
 * What a breaker that is not closed remembers until it is.
 *
 * @param trip the call that opened it last; {@code null} if opened by hand
 * @param reopenings how often it opened again after the first time
 * @param firstOpened when it opened first, as a reading of the ticker; {@code null} if it
 * never did
 * @param window the calls in the window of the closed period before
 */
record Outage(@Nullable Trip trip, int reopenings, @Nullable Long firstOpened, BreakerSnapshot.Window window) {

	Outage reopenedBy(Trip reason) {
		return new Outage(reason, this.reopenings + 1, this.firstOpened, this.window);
	}

	Outage openedByHand(long now) {
		return new Outage(null, this.reopenings, (this.firstOpened != null) ? this.firstOpened : now, this.window);
	}

}
