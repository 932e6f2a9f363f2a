// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import io.github.llmbreaker.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * Replaces one generation of a breaker by the next. Readers take no lock; who changes
 * something holds one for the moment of the change, never while listeners are told.
 */
final class StateMachine {

	private final Breaker breaker;

	private final BreakerEnvironment environment;

	private final Tally tally;

	private final History history;

	private final Cooldown cooldown;

	private final ReentrantLock changing = new ReentrantLock();

	private final Announcements announcements = new Announcements();

	private volatile Generation current;

	StateMachine(Breaker breaker, BreakerEnvironment environment, Tally tally, History history) {
		this.breaker = breaker;
		this.environment = environment;
		this.tally = tally;
		this.history = history;
		this.cooldown = new Cooldown(breaker.policy().cooldown(), environment.random());
		this.current = closed(environment.now(), null);
	}

	/** Returns the generation, even if its time is over. */
	Generation latest() {
		return this.current;
	}

	/** Returns the generation as of now. */
	Generation current(long now) {
		Generation generation = this.current;
		return generation.isOver(now) ? advance(now) : generation;
	}

	/** Opens it unless another call was faster. */
	boolean trip(Generation expected, Trip trip, @Nullable Duration hint) {
		return change((from) -> (from == expected) ? tripped(from, trip, hint) : from);
	}

	/** Closes it unless another call was faster. */
	void recover(Generation expected) {
		change((from) -> (from == expected) ? closed(this.environment.now(), from) : from);
	}

	/** Makes it stay open for a wait hint that is counted from now on. */
	boolean extend(@Nullable Duration hint, long now) {
		this.changing.lock();
		try {
			Generation open = this.current;
			return open.state == BreakerState.OPEN && !open.isOver(now)
					&& open.extend(this.cooldown.extendedNanos(now - open.since.nanos(), hint));
		}
		finally {
			this.changing.unlock();
		}
	}

	void forceOpen(@Nullable Long nanos) {
		changeByHand((from, now) -> Generation.forcedOpen(now, outageOf(from).openedByHand(now.nanos()), nanos));
	}

	void close() {
		changeByHand((from, now) -> closed(now, null));
	}

	void disable() {
		changeByHand((from, now) -> Generation.disabled(now));
	}

	void halfOpen() {
		changeByHand((from, now) -> halfOpen(now, outageOf(from)));
	}

	private Generation advance(long now) {
		change((from) -> from.isOver(now) ? halfOpen(from.end(), outageOf(from)) : from);
		return this.current;
	}

	private void changeByHand(Change change) {
		Moment now = this.environment.now();
		current(now.nanos());
		change((from) -> change.next(from, now));
	}

	private boolean change(UnaryOperator<Generation> change) {
		boolean changed;
		this.changing.lock();
		try {
			Generation from = this.current;
			Generation to = change.apply(from);
			changed = to != from;
			this.current = to;
			if (from.state != to.state) {
				note(from, to);
			}
		}
		finally {
			this.changing.unlock();
		}
		this.announcements.tell();
		return changed;
	}

	private void note(Generation from, Generation to) {
		StateChange change = describe(from, to);
		if (to.state == BreakerState.OPEN) {
			this.tally.tripped();
		}
		this.history.changed(to.since, from.state, to.state, to.trip());
		this.announcements.add(() -> this.environment.listeners().stateChanged(this.breaker, change));
	}

	private static StateChange describe(Generation from, Generation to) {
		Trip trip = to.trip();
		Long limit = to.limitNanos();
		return new StateChange(from.state, to.state, (trip != null) ? trip.kind() : null,
				(trip != null) ? trip.status() : null, (from.window != null) ? from.window.failures() : 0,
				(limit != null) ? Duration.ofNanos(limit) : null, outage(from, to), to.since.instant());
	}

	private static @Nullable Duration outage(Generation from, Generation to) {
		Long opened = from.firstOpened();
		return (to.state == BreakerState.CLOSED && opened != null) ? Duration.ofNanos(to.since.nanos() - opened) : null;
	}

	private Generation tripped(Generation from, Trip trip, @Nullable Duration hint) {
		Moment now = this.environment.now();
		Outage outage = outageOf(from);
		outage = (outage.firstOpened() != null) ? outage.reopenedBy(trip)
				: new Outage(trip, 0, now.nanos(), outage.window());
		return Generation.open(now, outage, this.cooldown.nanos(outage.reopenings(), hint));
	}

	private Generation halfOpen(Moment since, Outage outage) {
		return Generation.halfOpen(since, outage,
				new ProbePlaces(this.breaker.name(), this.breaker.policy().halfOpen()));
	}

	private Generation closed(Moment since, @Nullable Generation probed) {
		CallWindow window = new CallWindow(this.breaker.name(), this.breaker.policy(), this.environment.ticker(),
				since.nanos());
		return Generation.closed(since, window, probed);
	}

	private static Outage outageOf(Generation generation) {
		if (generation.outage != null) {
			return generation.outage;
		}
		return new Outage(null, 0, null,
				(generation.window != null) ? generation.window.snapshot() : BreakerSnapshot.Window.EMPTY);
	}

	/**
	 * A change made by hand.
	 */
	private interface Change {

		Generation next(Generation from, Moment now);

	}

}
