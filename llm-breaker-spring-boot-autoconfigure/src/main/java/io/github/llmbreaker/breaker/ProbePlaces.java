// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/**
 * The places for the probes of one half-open period. A probe that hangs loses its place
 * to the next caller.
 */
final class ProbePlaces {

	private final CircuitBreaker engine;

	private final int calls;

	private final long leaseNanos;

	private final long patienceNanos;

	/** Who holds or has used up a place. */
	private final AtomicReferenceArray<@Nullable Probe> places;

	private final AtomicInteger successes = new AtomicInteger();

	private volatile long succeededAt;

	/**
	 * Creates the places.
	 * @param name the name of the breaker
	 * @param policy how many, and for how long
	 * @param patienceNanos no further probe is let in while one has been running for so
	 * long
	 */
	ProbePlaces(String name, HalfOpenPolicy policy, long patienceNanos) {
		this.engine = Resilience4jBreakers.places(name, policy.calls());
		this.calls = policy.calls();
		this.leaseNanos = Nanos.of(policy.timeout());
		this.patienceNanos = Math.min(patienceNanos, this.leaseNanos);
		this.places = new AtomicReferenceArray<>(policy.calls());
	}

	boolean enter(Probe probe, long now) {
		if ((isOneLate(now) && (!reclaim(now) || isOneLate(now)))
				|| (!this.engine.tryAcquirePermission() && !(reclaim(now) && this.engine.tryAcquirePermission()))) {
			return false;
		}
		// a place is emptied before it is given back, so there is one
		int place = 0;
		while (!this.places.compareAndSet(place, null, probe)) {
			place = (place + 1) % this.calls;
		}
		return true;
	}

	void leave(Probe probe) {
		for (int place = 0; place < this.calls; place++) {
			if (this.places.compareAndSet(place, probe, null)) {
				this.engine.releasePermission();
				return;
			}
		}
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

	private boolean reclaim(long now) {
		boolean reclaimed = false;
		for (int place = 0; place < this.calls; place++) {
			Probe probe = this.places.get(place);
			if (probe != null && probe.isOverdue(now, this.leaseNanos) && probe.expire()) {
				leave(probe);
				reclaimed = true;
			}
		}
		return reclaimed;
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
