// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The places for the probes of one half-open period. A probe that hangs loses its place
 * to the next caller. Who enters or leaves holds the lock of the state machine for that
 * moment, as Resilience4j hands out the places of one half-open period only.
 */
final class ProbePlaces {

	private final Resilience4jBreaker engine;

	private final ReentrantLock changing;

	private final int calls;

	private final long leaseNanos;

	private final long patienceNanos;

	/** Who holds or has used up a place. */
	private final AtomicReferenceArray<@Nullable Probe> places;

	private final AtomicInteger successes = new AtomicInteger();

	private volatile long succeededAt;

	/** The period is over: the places are those of another one. */
	private boolean ended;

	/**
	 * Creates the places.
	 * @param engine who hands them out
	 * @param changing the lock under which the state changes
	 * @param policy how many, and for how long
	 * @param patienceNanos no further probe is let in while one has been running for so
	 * long
	 */
	ProbePlaces(Resilience4jBreaker engine, ReentrantLock changing, HalfOpenPolicy policy, long patienceNanos) {
		this.engine = engine;
		this.changing = changing;
		this.calls = policy.calls();
		this.leaseNanos = Nanos.of(policy.timeout());
		this.patienceNanos = Math.min(patienceNanos, this.leaseNanos);
		this.places = new AtomicReferenceArray<>(policy.calls());
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
		return this.successes.incrementAndGet() == this.calls;
	}

	boolean hasSuccess() {
		return this.successes.get() > 0;
	}

	/** Returns when the last probe has succeeded, as a reading of the ticker. */
	long succeededAt() {
		return this.succeededAt;
	}

	/** Whether a probe has succeeded, and none is under way. */
	boolean isProven() {
		int taken = 0;
		for (int place = 0; place < this.calls; place++) {
			taken += (this.places.get(place) != null) ? 1 : 0;
		}
		return taken > 0 && taken == this.successes.get();
	}

	boolean hasFreePlace(long now) {
		boolean late = isOneLate(now);
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe == null ? !late : probe.isOverdue(now, this.leaseNanos)) {
				return true;
			}
		}
		return false;
	}

	private boolean isOneLate(long now) {
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe != null && probe.isOverdue(now, this.patienceNanos)) {
				return true;
			}
		}
		return false;
	}

	private void reclaim(long now) {
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe != null && probe.isOverdue(now, this.leaseNanos) && probe.expire()) {
				leave(probe);
			}
		}
	}

	/**
	 * A call that probes.
	 */
	interface Probe {

		/** Whether it is under way and has been for too long. */
		boolean isOverdue(long now, long leaseNanos);

		/** Takes its vote unless it has ended in time. */
		boolean expire();

	}

}
