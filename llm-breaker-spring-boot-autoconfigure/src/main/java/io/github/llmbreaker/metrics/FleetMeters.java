// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.FleetStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters whether this instance hears from the others. One series, without tags.
 *
 * @since 0.1.0
 */
public final class FleetMeters implements MeterBinder {

	static final String CONNECTED = "llm.breaker.fleet.connected";

	static final String CONNECTED_DESCRIPTION = "1 while this instance shares the state of its breakers with the others, "
			+ "0 while it works alone; only with a fleet";

	private final BreakerSync sync;

	/**
	 * Creates the meters.
	 * @param sync what knows the fleet
	 */
	public FleetMeters(BreakerSync sync) {
		this.sync = sync;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		if (this.sync.fleet() != null) {
			Gauge.builder(CONNECTED, this.sync, FleetMeters::connected)
				.description(CONNECTED_DESCRIPTION)
				.register(registry);
		}
	}

	private static double connected(BreakerSync sync) {
		FleetStatus fleet = sync.fleet();
		return (fleet != null && fleet.connected()) ? 1 : 0;
	}

}
