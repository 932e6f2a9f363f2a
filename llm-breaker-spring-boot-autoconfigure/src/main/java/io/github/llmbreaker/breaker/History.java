// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
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

	/** So many failures say enough about why it opened. */
	static final int REASONS = 20;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable ArrayDeque<BreakerEvent> events;

	private volatile @Nullable Type latest;

	private volatile OpeningReasons reasons = OpeningReasons.NONE;

	/**
	 * The state has changed.
	 * @param at when
	 * @param change how
	 * @param failures how many were in the window
	 */
	void changed(Timestamp at, StateChange change, int failures) {
		this.reasons = switch (change.to()) {
			case OPEN -> reasonsOf(change, failures);
			case HALF_OPEN -> this.reasons;
			case CLOSED, FORCED_OPEN, DISABLED -> OpeningReasons.NONE;
		};
		add(new BreakerEvent(at.instant(), Type.STATE_CHANGED, change.from(), change.to(), change.kind(),
				change.status(), null));
	}

	/** Returns what opened it; nothing while it is closed. */
	OpeningReasons reasons() {
		return this.reasons;
	}

	void happened(Timestamp at, Type type) {
		add(new BreakerEvent(at.instant(), type, null, null, null, null, null));
	}

	void ended(Timestamp at, Type type, CallOutcome outcome) {
		add(new BreakerEvent(at.instant(), type, null, null, outcome.kind(), outcome.status(), outcome.retryAfter()));
	}

	void extended(Timestamp at, @Nullable Trip trip) {
		add(new BreakerEvent(at.instant(), Type.COOLDOWN_EXTENDED, null, null, (trip != null) ? trip.kind() : null,
				(trip != null) ? trip.status() : null, null));
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

	private OpeningReasons reasonsOf(StateChange change, int inWindow) {
		List<BreakerEvent> failures = failures(Math.min(Math.max(inWindow, 1), REASONS));
		OpeningReasons before = this.reasons;
		if (change.from() != BreakerState.CLOSED && !before.failures().isEmpty()) {
			return new OpeningReasons(before.failures(), failures.isEmpty() ? before.probe() : failures.get(0));
		}
		return new OpeningReasons(failures, null);
	}

	/** Returns the last failures since the state changed, oldest first. */
	private List<BreakerEvent> failures(int most) {
		List<BreakerEvent> failures = new ArrayList<>();
		this.lock.lock();
		try {
			Iterator<BreakerEvent> latestFirst = (this.events != null) ? this.events.descendingIterator()
					: Collections.emptyIterator();
			BreakerEvent event = null;
			while (latestFirst.hasNext() && failures.size() < most
					&& (event == null || event.type() != Type.STATE_CHANGED)) {
				event = latestFirst.next();
				if (event.type() == Type.FAILURE) {
					failures.add(0, event);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		return List.copyOf(failures);
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
