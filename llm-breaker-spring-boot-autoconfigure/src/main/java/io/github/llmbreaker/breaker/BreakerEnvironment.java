// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What all breakers of a registry share.
 *
 * @param mode whether they act
 * @param ticker the clock for durations
 * @param clock the wall clock
 * @param judgement decides what counts
 * @param listeners who is told what happens
 * @param random numbers from 0 to 1 for the jitter
 * @param keeper who keeps the breakers
 */
record BreakerEnvironment(BreakerMode mode, Ticker ticker, InstantSource clock, Judgement judgement,
		BreakerListeners listeners, DoubleSupplier random, Keeper keeper) {

	BreakerEnvironment(BreakerSettings settings, DoubleSupplier random, Keeper keeper) {
		this(settings.mode(), settings.ticker(), settings.clock(), new Judgement(settings.customizers()),
				new BreakerListeners(settings.listeners()), random, keeper);
	}

	long nanos() {
		return this.ticker.nanos();
	}

	Instant instant() {
		return this.clock.instant();
	}

	Moment now() {
		return new Moment(instant(), nanos());
	}

	boolean isObserving() {
		return this.mode == BreakerMode.OBSERVE;
	}

	/**
	 * Who keeps the breakers, as they see it.
	 */
	interface Keeper {

		/**
		 * Whether there may soon be no room, so that calls under way are to be counted.
		 * @return whether breakers may have to go
		 */
		boolean isCrowded();

		/**
		 * A call of a breaker that had to go has failed: that must not get lost.
		 * @param evicted the breaker
		 * @return the breaker that is kept for its calls from now on
		 */
		Breaker keep(Breaker evicted);

	}

}
