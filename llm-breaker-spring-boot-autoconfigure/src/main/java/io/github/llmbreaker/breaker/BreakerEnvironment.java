// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * What all breakers of a registry share.
 *
 * @param settings what the registry is built from
 * @param judgement decides what counts
 * @param listeners who is told what happens
 * @param random numbers from 0 to 1 for the jitter
 * @param sync who else is told
 */
record BreakerEnvironment(BreakerSettings settings, Judgement judgement, BreakerListeners listeners,
		DoubleSupplier random, BreakerSync sync) {

	BreakerEnvironment(BreakerSettings settings, DoubleSupplier random, BreakerSync sync) {
		this(settings, new Judgement(settings.customizers()), new BreakerListeners(settings.listeners()), random,
				GuardedSync.of(sync));
	}

	long nanos() {
		return this.settings.ticker().nanos();
	}

	Instant instant() {
		return this.settings.clock().instant();
	}

	Timestamp now() {
		return new Timestamp(instant(), nanos());
	}

	/** Returns how many instances of the application there are, as far as is known. */
	int instances() {
		FleetStatus fleet = this.sync.fleet();
		return (fleet != null && fleet.connected()) ? Math.max(1, fleet.instances().size()) : 1;
	}

	boolean isShared() {
		return this.sync != BreakerSync.LOCAL;
	}

	boolean isObserving() {
		return this.settings.mode() == BreakerMode.OBSERVE;
	}

}
