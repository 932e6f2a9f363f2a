// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.noop.NoopCounter;
import io.micrometer.core.instrument.noop.NoopTimer;
import org.jspecify.annotations.Nullable;

/**
 * Meters that share the tags of what is called and are removed together.
 */
abstract class MeterGroup {

	private final MeterRegistry registry;

	private final Tags tags;

	private final List<Meter> meters = new ArrayList<>();

	private boolean removed;

	MeterGroup(MeterRegistry registry, Tags provider, @Nullable String endpoint, String model) {
		this.registry = registry;
		this.tags = provider.and(BreakerMeters.ENDPOINT, (endpoint != null) ? endpoint : BreakerMeters.NOT_APPLICABLE,
				BreakerMeters.MODEL, model);
	}

	<T> void gauge(BreakerMeters meter, T subject, ToDoubleFunction<T> value) {
		Gauge.Builder<T> builder = Gauge.builder(meter.meterName(), subject, value);
		add(builder.description(meter.description()).tags(this.tags).register(this.registry));
	}

	/**
	 * Returns a counter; one that counts nothing once this group is removed.
	 * @param meter which one
	 * @param moreTags keys and values
	 * @return the counter
	 */
	synchronized Counter counter(BreakerMeters meter, String... moreTags) {
		Tags all = this.tags.and(moreTags);
		if (this.removed) {
			return new NoopCounter(new Meter.Id(meter.meterName(), all, null, null, meter.type()));
		}
		Counter.Builder builder = Counter.builder(meter.meterName()).description(meter.description());
		return add(builder.tags(all).register(this.registry));
	}

	/**
	 * Returns a timer; one that records nothing once this group is removed.
	 * @param meter which one
	 * @param moreTags keys and values
	 * @return the timer
	 */
	synchronized Timer timer(BreakerMeters meter, String... moreTags) {
		Tags all = this.tags.and(moreTags);
		if (this.removed) {
			return new NoopTimer(new Meter.Id(meter.meterName(), all, null, null, meter.type()));
		}
		Timer.Builder builder = Timer.builder(meter.meterName()).description(meter.description());
		return add(builder.tags(all).register(this.registry));
	}

	/**
	 * Takes all meters out of the registry; no more will come.
	 */
	synchronized void remove() {
		this.removed = true;
		this.meters.forEach(this.registry::remove);
		this.meters.clear();
	}

	private <M extends Meter> M add(M meter) {
		this.meters.add(meter);
		return meter;
	}

}
