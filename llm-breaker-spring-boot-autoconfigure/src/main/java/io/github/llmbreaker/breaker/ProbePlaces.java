// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The places for the probes of one half-open period. A probe that hangs loses its place
 * to the next caller; one that goes on for longer than failures took hands it on and
 * keeps its vote. Who enters or leaves holds the lock of the state machine for that
 * moment, as Resilience4j hands out the places of one half-open period only.
 */
final class ProbePlaces {

	private final Resilience4jBreaker engine;

	private final ReentrantLock changing;

	private final int calls;

	private final int more;

	private final Times times;

	/** Who holds or has used up a place. */
	private final AtomicReferenceArray<@Nullable Probe> places;

	/** Who has handed a place on; under the lock. */
	private final List<Probe> survivors = new ArrayList<>();

	/** How many have ever done so. */
	private volatile int handedOn;

	private final AtomicInteger successes = new AtomicInteger();

	private volatile long succeededAt;

	/** The period is over: the places are those of another one. */
	private boolean ended;

	/**
	 * Creates the places.
	 * @param engine who hands them out
	 * @param changing the lock under which the state changes
	 * @param calls how many
	 * @param more how many of them may be handed on
	 * @param times what probes are held against
	 */
	ProbePlaces(Resilience4jBreaker engine, ReentrantLock changing, int calls, int more, Times times) {
		this.engine = engine;
		this.changing = changing;
		this.calls = calls;
		this.more = more;
		this.times = times;
		this.places = new AtomicReferenceArray<>(calls);
	}

	boolean enter(Probe probe, long now) {
		if (!hasFreePlace(now)) {
			return false;
		}
		this.changing.lock();
		try {
			reclaim(now);
			if (this.ended || isOneLate(now) || !this.engine.acquire()) {
				return false;
			}
			// a place is emptied before it is given back, so there is one
			int place = 0;
			while (!this.places.compareAndSet(place, null, probe)) {
				place = (place + 1) % this.calls;
			}
			return true;
		}
		finally {
			this.changing.unlock();
		}
	}

	void leave(Probe probe) {
		this.changing.lock();
		try {
			this.survivors.remove(probe);
			for (int place = 0; place < this.calls; place++) {
				if (this.places.compareAndSet(place, probe, null) && !this.ended) {
					this.engine.release();
				}
			}
		}
		finally {
			this.changing.unlock();
		}
	}

	/** The state changes: to be called under the lock. */
	void end() {
		this.ended = true;
	}

	/**
	 * A probe has succeeded. It keeps its place.
	 * @param now the reading of the ticker
	 * @return whether it was the last one needed
	 */
	boolean succeed(long now) {
		this.succeededAt = now;
		return this.successes.incrementAndGet() == this.calls || areEnough(now);
	}

	/**
	 * Whether the model is well, though not all probes have been answered: one has, and
	 * as many as are needed have shown life. Those of them that go on have voted then.
	 * @param now the reading of the ticker
	 */
	boolean areEnough(long now) {
		if (!hasSuccess() || this.times.life() == Long.MAX_VALUE) {
			return false;
		}
		this.changing.lock();
		try {
			List<Probe> living = living(now);
			boolean enough = !this.ended && this.successes.get() + living.size() >= this.calls;
			if (enough) {
				living.forEach(Probe::castEarly);
			}
			return enough;
		}
		finally {
			this.changing.unlock();
		}
	}

	boolean hasSuccess() {
		return this.successes.get() > 0;
	}

	/**
	 * Returns when a probe was last known to be alive. To be called under the lock.
	 * @param now the reading of the ticker
	 * @param failure how long the failure took that ends the period: who goes on for as
	 * long as that is not known to be
	 * @return a reading of the ticker; {@code null} if none ever was
	 */
	@Nullable Long aliveAt(long now, long failure) {
		if (failure < this.times.life() && !living(now).isEmpty()) {
			return now;
		}
		return hasSuccess() ? this.succeededAt : null;
	}

	/** Whether a probe has succeeded, and none is under way. Under the lock. */
	boolean isProven() {
		int taken = this.survivors.size();
		for (int place = 0; place < this.calls; place++) {
			taken += (this.places.get(place) != null) ? 1 : 0;
		}
		return taken > 0 && taken == this.successes.get();
	}

	/** Whether a probe that has shown nothing for so long holds others back. */
	boolean isSilence(long nanos) {
		return nanos >= this.times.patience();
	}

	boolean hasFreePlace(long now) {
		boolean late = isOneLate(now);
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe == null ? !late : (isOver(probe, now) || (!late && mayHandOn(probe, now)))) {
				return true;
			}
		}
		return false;
	}

	private boolean isOneLate(long now) {
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe != null && !probe.isPrompt() && probe.isOverdue(now, this.times.patience())) {
				return true;
			}
		}
		return false;
	}

	private boolean isOver(Probe probe, long now) {
		return probe.isOverdue(now, this.times.lease());
	}

	private boolean lives(Probe probe, long now) {
		return probe.isOverdue(now, this.times.life()) && !isOver(probe, now);
	}

	private boolean mayHandOn(Probe probe, long now) {
		return this.handedOn < this.more && lives(probe, now);
	}

	private List<Probe> living(long now) {
		List<Probe> living = new ArrayList<>();
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe != null && lives(probe, now)) {
				living.add(probe);
			}
		}
		this.survivors.stream().filter((probe) -> lives(probe, now)).forEach(living::add);
		return living;
	}

	private void reclaim(long now) {
		this.survivors.removeIf((probe) -> isOver(probe, now) && probe.expire());
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe != null && isOver(probe, now) && probe.expire()) {
				leave(probe);
			}
			else if (probe != null && mayHandOn(probe, now)) {
				leave(probe);
				this.survivors.add(probe);
				this.handedOn++;
			}
		}
	}

	/**
	 * How long probes may go on, in nanoseconds.
	 *
	 * @param lease after which a probe loses its place
	 * @param patience no further probe is let in while one has shown nothing for so long
	 * @param life after which a probe has shown life; endless if that proves nothing
	 */
	record Times(long lease, long patience, long life) {

		Times {
			patience = Math.min(patience, lease);
		}

	}

	/**
	 * A call that probes.
	 */
	interface Probe {

		/** Whether it is under way and has been for too long. */
		boolean isOverdue(long now, long nanos);

		/** Whether it has shown life in time. */
		boolean isPrompt();

		/** Votes before its end unless it has ended or lost its vote. */
		boolean castEarly();

		/** Takes its vote unless it has ended in time. */
		boolean expire();

	}

}
