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
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link LlmCallListener}s of every ended call, on a thread of their own.
 *
 * @since 0.1.0
 */
public final class DispatchingBreakerListener implements BreakerListener, AutoCloseable {

	private final EventDelivery<EndedCall> delivery;

	private final Supplier<List<LlmCallListener>> listeners;

	private final ListenerFailures failures = new ListenerFailures();

	private @Nullable List<LlmCallListener> resolved;

	/**
	 * Creates a dispatcher.
	 * @param listeners the listeners in their order, asked for when the first call has
	 * ended, so that they may use guarded clients themselves
	 * @param threads makes its thread
	 */
	public DispatchingBreakerListener(Supplier<List<LlmCallListener>> listeners, ThreadFactory threads) {
		this.listeners = listeners;
		this.delivery = new EventDelivery<>(threads, this::dispatch);
	}

	@Override
	public void onCompleted(TargetGate gate, CallOutcome outcome, long nanos) {
		this.delivery.publish(new EndedCall(gate.target(), outcome, nanos));
	}

	@Override
	public void close() {
		this.delivery.close();
	}

	private void dispatch(EndedCall call) {
		if (this.resolved == null) {
			this.resolved = this.listeners.get();
		}
		Duration duration = Duration.ofNanos(call.nanos());
		for (LlmCallListener listener : this.resolved) {
			try {
				listener.onCallCompleted(call.target(), call.outcome(), duration);
			}
			catch (RuntimeException | Error ex) {
				this.failures.log("Listener " + listener.getClass().getName(), ex);
			}
		}
	}

	/**
	 * A call that has ended.
	 */
	private record EndedCall(LlmTarget target, CallOutcome outcome, long nanos) {
	}

}
