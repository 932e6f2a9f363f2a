// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.GateView;

/**
 * Tells {@link LlmCallListener}s of every ended call, each on a thread of its own: one
 * that is slow or blocked keeps nothing from the others.
 *
 * @since 0.1.0
 */
public final class DispatchingBreakerListener implements BreakerListener, AutoCloseable {

	/** Finds the listeners and hands on what happens; never waits for one of them. */
	private final EventDelivery<EndedCall> delivery;

	private final Supplier<List<LlmCallListener>> listeners;

	private final ThreadFactory threads;

	private final ListenerFailures failures = new ListenerFailures();

	private volatile List<EventDelivery<EndedCall>> resolved = List.of();

	private volatile boolean closed;

	private boolean asked;

	/**
	 * Creates a dispatcher.
	 * @param listeners the listeners in their order, asked for when the first call has
	 * ended, so that they may use guarded clients themselves
	 * @param threads makes its threads
	 */
	public DispatchingBreakerListener(Supplier<List<LlmCallListener>> listeners, ThreadFactory threads) {
		this.listeners = listeners;
		this.threads = threads;
		this.delivery = new EventDelivery<>("The dispatcher of call listeners", threads, this::dispatch);
	}

	@Override
	public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
		this.delivery.publish(new EndedCall(gate.target(), outcome, nanos));
	}

	@Override
	public void close() {
		this.delivery.close();
		this.closed = true;
		List<EventDelivery<EndedCall>> deliveries = this.resolved;
		EventDelivery.closeAll(deliveries);
	}

	private void dispatch(EndedCall call) {
		if (!this.asked) {
			List<LlmCallListener> found = this.listeners.get();
			this.asked = true;
			this.resolved = found.stream().map(this::delivery).toList();
		}
		if (!this.closed) {
			this.resolved.forEach((listener) -> listener.publish(call));
		}
	}

	private EventDelivery<EndedCall> delivery(LlmCallListener listener) {
		String name = "Listener " + listener.getClass().getName();
		return new EventDelivery<>(name, this.threads, (call) -> {
			try {
				listener.onCallCompleted(call.target(), call.outcome(), Duration.ofNanos(call.nanos()));
			}
			catch (RuntimeException | Error ex) {
				this.failures.log(name, ex);
			}
		});
	}

	/**
	 * A call that has ended.
	 */
	private record EndedCall(LlmTarget target, CallOutcome outcome, long nanos) {
	}

}
