// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.GateView;
import io.github.llmbreaker.breaker.RejectReason;
import io.github.llmbreaker.breaker.StateChange;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Meters what happens at the breakers, for as long as the breakers are kept.
 *
 * @since 0.1.0
 */
public final class MetricsBreakerListener implements BreakerListener {

	private final KeptSeries<BreakerView, BreakerSeries> breakers;

	private final KeptSeries<GateView, GateSeries> gates;

	/**
	 * Creates a listener.
	 * @param registry where the meters live; asked for when the first breaker is made, so
	 * that it may use guarded clients itself
	 */
	public MetricsBreakerListener(Supplier<MeterRegistry> registry) {
		this(registry, () -> false);
	}

	/**
	 * Creates a listener.
	 * @param registry where the meters live; asked for when the first breaker is made, so
	 * that it may use guarded clients itself
	 * @param partitioned whether all meters have a tag for the partition of the provider;
	 * always says the same
	 */
	public MetricsBreakerListener(Supplier<MeterRegistry> registry, BooleanSupplier partitioned) {
		this.breakers = new KeptSeries<>(BreakerView::name, BreakerView::isEvicted,
				(breaker) -> new BreakerSeries(registry.get(), breaker, partitioned.getAsBoolean()),
				MeterGroup::remove);
		this.gates = new KeptSeries<>(GateView::target, GateView::isEvicted,
				(gate) -> new GateSeries(registry.get(), gate, partitioned.getAsBoolean()), MeterGroup::remove);
	}

	@Override
	public void onCreated(BreakerView breaker) {
		this.breakers.get(breaker);
	}

	@Override
	public void onEvicted(BreakerView breaker) {
		this.breakers.remove(breaker);
	}

	@Override
	public void onStateChange(BreakerView breaker, StateChange change) {
		this.breakers.with(breaker, (series) -> series.changed(change));
	}

	// what happens with each call is told without an object made for it
	@Override
	public void onRejected(BreakerView breaker, LlmTarget target, RejectReason reason) {
		BreakerSeries series = this.breakers.get(breaker);
		if (series != null) {
			series.rejected(reason);
		}
	}

	@Override
	public void onLate(BreakerView breaker) {
		this.breakers.with(breaker, BreakerSeries::late);
	}

	@Override
	public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
		GateSeries series = this.gates.get(gate.countedAs());
		if (series != null) {
			series.completed(outcome.kind(), nanos);
		}
	}

	@Override
	public void onRetry(GateView gate, Duration delay) {
		this.gates.with(gate.countedAs(), GateSeries::retried);
	}

	@Override
	public void onRetryDenied(GateView gate) {
		this.gates.with(gate.countedAs(), GateSeries::retryDenied);
	}

	@Override
	public void onFallback(GateView from, GateView to) {
		BreakerView model = to.modelBreaker();
		String name = (model != null) ? model.name() : to.providerBreaker().name();
		this.gates.with(from.countedAs(), (series) -> series.fellBackTo(name));
	}

	@Override
	public void onGateEvicted(GateView gate) {
		this.gates.remove(gate);
	}

}
