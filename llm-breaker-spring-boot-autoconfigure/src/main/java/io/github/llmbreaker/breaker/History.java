// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.BreakerEvent.Type;
import org.jspecify.annotations.Nullable;

/**
 * The last things that happened to a breaker. Rejections in a row are one entry, and so
 * are late results: a storm of them does not wash away how it began.
 */
final class History {

	static final int SIZE = 100;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable ArrayDeque<BreakerEvent> events;

	private volatile @Nullable Type latest;

	void changed(Timestamp at, BreakerState from, BreakerState to, @Nullable Trip trip) {
		add(new BreakerEvent(at.instant(), Type.STATE_CHANGED, from, to, (trip != null) ? trip.kind() : null,
				(trip != null) ? trip.status() : null));
	}

	void happened(Timestamp at, Type type) {
		add(new BreakerEvent(at.instant(), type, null, null, null, null));
	}

	void ended(Timestamp at, Type type, CallOutcome outcome) {
		add(new BreakerEvent(at.instant(), type, null, null, outcome.kind(), outcome.status()));
	}

	void extended(Timestamp at, @Nullable Trip trip) {
		add(new BreakerEvent(at.instant(), Type.COOLDOWN_EXTENDED, null, null, (trip != null) ? trip.kind() : null,
				(trip != null) ? trip.status() : null));
	}

	void rejected(BreakerEnvironment environment) {
		if (this.latest != Type.REJECTED) {
			happened(environment.now(), Type.REJECTED);
		}
	}

	List<BreakerEvent> events() {
		this.lock.lock();
		try {
			return (this.events != null) ? List.copyOf(this.events) : List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static boolean isStorm(Type type) {
		return switch (type) {
			case REJECTED, LATE -> true;
			case STATE_CHANGED, FAILURE, COOLDOWN_EXTENDED, RESET -> false;
		};
	}

	private void add(BreakerEvent event) {
		this.lock.lock();
		try {
			if (event.type() == this.latest && isStorm(event.type())) {
				return;
			}
			ArrayDeque<BreakerEvent> events = (this.events != null) ? this.events : new ArrayDeque<>();
			this.events = events;
			if (events.size() == SIZE) {
				events.removeFirst();
			}
			events.addLast(event);
			this.latest = event.type();
		}
		finally {
			this.lock.unlock();
		}
	}

}
