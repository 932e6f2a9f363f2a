// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.RejectReason;
import io.github.llmbreaker.breaker.StateChange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one breaker, all there from its creation.
 */
final class BreakerSeries extends MeterGroup {

	private final Counter trips;

	private final Counter late;

	private final Timer recovery;

	private final Map<RejectReason, Counter> rejects = new EnumMap<>(RejectReason.class);

	BreakerSeries(MeterRegistry registry, BreakerView breaker, boolean partitioned) {
		super(registry, BreakerMeters.providerOf(breaker.provider(), breaker.partition(), partitioned),
				breaker.endpoint(), BreakerMeters.modelOf(breaker.model(), breaker.scope() == OutcomeScope.MODEL));
		gauge(BreakerMeters.STATE, breaker, (subject) -> stateValue(subject.state()));
		this.trips = counter(BreakerMeters.TRIPS);
		this.late = counter(BreakerMeters.LATE);
		this.recovery = timer(BreakerMeters.RECOVERY);
		for (RejectReason reason : RejectReason.values()) {
			this.rejects.put(reason, counter(BreakerMeters.REJECTS, "reason", BreakerMeters.tagValue(reason)));
		}
		transitions(BreakerState.CLOSED, BreakerState.OPEN);
		transitions(BreakerState.OPEN, BreakerState.HALF_OPEN);
		transitions(BreakerState.HALF_OPEN, BreakerState.OPEN);
		transitions(BreakerState.HALF_OPEN, BreakerState.CLOSED);
	}

	void rejected(RejectReason reason) {
		Counter counter = this.rejects.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	void late() {
		this.late.increment();
	}

	void changed(StateChange change) {
		transitions(change.from(), change.to()).increment();
		if (change.to() == BreakerState.OPEN && isPassing(change.from())) {
			this.trips.increment();
		}
		if (change.outage() != null) {
			this.recovery.record(change.outage().toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private Counter transitions(BreakerState from, BreakerState to) {
		return counter(BreakerMeters.TRANSITIONS, "from", BreakerMeters.tagValue(from), "to",
				BreakerMeters.tagValue(to));
	}

	private static boolean isPassing(BreakerState state) {
		return state == BreakerState.CLOSED || state == BreakerState.HALF_OPEN;
	}

	private static double stateValue(BreakerState state) {
		return switch (state) {
			case CLOSED, DISABLED -> 0;
			case OPEN, FORCED_OPEN -> 1;
			case HALF_OPEN -> 2;
		};
	}

}
