// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of all calls of one breaker, over all generations.
 */
final class Tally {

	private static final OutcomeKind[] KINDS = OutcomeKind.values();

	private static final AtomicLongFieldUpdater<Tally> SUCCEEDED = counter("succeeded");

	private static final AtomicLongFieldUpdater<Tally> NEUTRAL = counter("neutral");

	private static final AtomicLongFieldUpdater<Tally> REJECTED = counter("rejected");

	private static final AtomicLongFieldUpdater<Tally> SPARED_NANOS = counter("sparedNanos");

	private static final AtomicLongFieldUpdater<Tally> LATE = counter("late");

	private static final AtomicLongFieldUpdater<Tally> TRIPS = counter("trips");

	private volatile long succeeded;

	private volatile long neutral;

	private volatile long rejected;

	private volatile long late;

	private volatile long sparedNanos;

	/**
	 * What a call waits before it fails, slowly averaged: what a rejected one does not
	 * wait.
	 */
	private volatile long usualWait;

	private volatile long trips;

	private final AtomicLongArray failed = new AtomicLongArray(KINDS.length);

	private volatile BreakerSnapshot.@Nullable Failure lastFailure;

	void succeeded() {
		SUCCEEDED.incrementAndGet(this);
	}

	void neutral() {
		NEUTRAL.incrementAndGet(this);
	}

	void rejected() {
		REJECTED.incrementAndGet(this);
	}

	/** A call was not made because it was rejected. */
	void spared() {
		SPARED_NANOS.addAndGet(this, this.usualWait);
	}

	void late() {
		LATE.incrementAndGet(this);
	}

	void tripped() {
		TRIPS.incrementAndGet(this);
	}

	void failed(CallOutcome outcome, Instant at, long nanos) {
		long usual = this.usualWait;
		// two at once may lose one of them: it is an average
		this.usualWait = (usual != 0) ? usual + (nanos - usual) / 4 : nanos;
		this.failed.incrementAndGet(outcome.kind().ordinal());
		this.lastFailure = new BreakerSnapshot.Failure(outcome.kind(), outcome.status(), at);
	}

	BreakerSnapshot.Spared spared(boolean rejecting) {
		return new BreakerSnapshot.Spared(rejecting ? this.rejected : 0, Duration.ofNanos(this.sparedNanos));
	}

	long rejections() {
		return this.rejected;
	}

	long trips() {
		return this.trips;
	}

	BreakerSnapshot.@Nullable Failure lastFailure() {
		return this.lastFailure;
	}

	Map<OutcomeKind, Long> failures() {
		Map<OutcomeKind, Long> failures = new EnumMap<>(OutcomeKind.class);
		for (OutcomeKind kind : KINDS) {
			long count = this.failed.get(kind.ordinal());
			if (count > 0) {
				failures.put(kind, count);
			}
		}
		return failures;
	}

	BreakerSnapshot.Calls calls() {
		long failures = 0;
		for (OutcomeKind kind : KINDS) {
			failures += this.failed.get(kind.ordinal());
		}
		return new BreakerSnapshot.Calls(this.succeeded, failures, this.neutral, this.rejected, this.late);
	}

	// no objects of their own: with thousands of breakers each costs a look into memory
	private static AtomicLongFieldUpdater<Tally> counter(String name) {
		return AtomicLongFieldUpdater.newUpdater(Tally.class, name);
	}

}
