// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.event;

import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.BreakerStateChangedEvent;
import io.github.llmbreaker.CallRejectedEvent;
import io.github.llmbreaker.FallbackUsedEvent;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.GateView;
import io.github.llmbreaker.breaker.RejectReason;
import io.github.llmbreaker.breaker.StateChange;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens at the breakers as Spring events, on a thread of its own.
 *
 * @since 0.1.0
 */
public final class PublishingBreakerListener implements BreakerListener, AutoCloseable {

	private final ApplicationEventPublisher publisher;

	private final InstantSource clock;

	private final EventDelivery<Object> delivery;

	private final ListenerFailures failures = new ListenerFailures();

	/**
	 * Creates a publisher.
	 * @param publisher where events go
	 * @param clock says when something happened
	 * @param threads makes its thread
	 */
	public PublishingBreakerListener(ApplicationEventPublisher publisher, InstantSource clock, ThreadFactory threads) {
		this.publisher = publisher;
		this.clock = clock;
		this.delivery = new EventDelivery<>("A listener of Spring events about breakers", threads, this::publish);
	}

	@Override
	public void onStateChange(BreakerView breaker, StateChange change) {
		this.delivery.publish(
				new BreakerStateChangedEvent(breaker.name(), change.from(), change.to(), change.kind(), change.at()));
	}

	@Override
	public void onRejected(BreakerView breaker, LlmTarget target, RejectReason reason) {
		this.delivery.publish(new CallRejectedEvent(target, stateOf(reason), this.clock.instant()));
	}

	@Override
	public void onFallback(GateView from, GateView to) {
		this.delivery.publish(new FallbackUsedEvent(from.target(), to.target(), this.clock.instant()));
	}

	@Override
	public void close() {
		this.delivery.close();
	}

	private void publish(Object event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException | Error ex) {
			this.failures.log("An event listener for " + event.getClass().getSimpleName(), ex);
		}
	}

	private static BreakerState stateOf(RejectReason reason) {
		return switch (reason) {
			case OPEN -> BreakerState.OPEN;
			case HALF_OPEN_FULL -> BreakerState.HALF_OPEN;
			case FORCED_OPEN -> BreakerState.FORCED_OPEN;
		};
	}

}
