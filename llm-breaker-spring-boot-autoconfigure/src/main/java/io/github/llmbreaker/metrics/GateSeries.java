// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.GateView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the calls to one target. Timers are made when a kind of outcome is first
 * seen; finding them again allocates nothing.
 */
final class GateSeries extends MeterGroup {

	private static final int KINDS = OutcomeKind.values().length;

	private final Counter retries;

	private final Counter deniedRetries;

	private final AtomicReferenceArray<@Nullable Timer> calls = new AtomicReferenceArray<>(KINDS);

	private final Map<String, Counter> fallbacks = new ConcurrentHashMap<>();

	GateSeries(MeterRegistry registry, GateView gate, boolean partitioned) {
		super(registry, BreakerMeters.providerOf(gate.target().providerId(), gate.target().partition(), partitioned),
				gate.target().endpoint(), BreakerMeters.modelOf(gate.target().model(), gate.modelBreaker() != null));
		this.retries = counter(BreakerMeters.RETRIES);
		this.deniedRetries = counter(BreakerMeters.RETRIES_DENIED);
	}

	void completed(OutcomeKind kind, long nanos) {
		Timer timer = this.calls.getAcquire(kind.ordinal());
		if (timer == null) {
			timer = timer(BreakerMeters.CALLS, "outcome", BreakerMeters.tagValue(kind));
			this.calls.setRelease(kind.ordinal(), timer);
		}
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	void retried() {
		this.retries.increment();
	}

	void retryDenied() {
		this.deniedRetries.increment();
	}

	void fellBackTo(String breaker) {
		this.fallbacks.computeIfAbsent(breaker, (to) -> counter(BreakerMeters.FALLBACKS, "to", to)).increment();
	}

}
