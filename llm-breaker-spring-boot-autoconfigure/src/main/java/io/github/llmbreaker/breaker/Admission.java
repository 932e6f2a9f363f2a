// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The place of one call at one breaker.
 */
final class Admission implements Entry {

	private static final AtomicReferenceFieldUpdater<Admission, Vote> VOTE = AtomicReferenceFieldUpdater
		.newUpdater(Admission.class, Vote.class, "vote");

	final Breaker breaker;

	final Generation generation;

	final long start;

	private volatile Vote vote = Vote.PENDING;

	private volatile boolean contentStarted;

	/** What a nested call through the same breaker knows. */
	private volatile @Nullable CallOutcome nested;

	Admission(Breaker breaker, Generation generation, long start) {
		this.breaker = breaker;
		this.generation = generation;
		this.start = start;
	}

	/** Lets go of a call that does not take place. */
	void giveBack() {
		ProbePlaces places = this.generation.places;
		if (places != null && settle()) {
			places.leave(this);
		}
	}

	/** The provider is well. */
	void answered() {
		if (this.generation.places != null) {
			this.breaker.recorder().answered(this);
		}
	}

	/** The provider is well, and so may be the model. */
	void contentStarted() {
		this.contentStarted = true;
		if (this.generation.places != null) {
			this.breaker.recorder().contentStarted(this);
		}
	}

	boolean hasContentStarted() {
		return this.contentStarted;
	}

	void end(CallOutcome outcome, long now) {
		CallOutcome known = this.nested;
		this.breaker.recorder().end(this, (known != null) ? known : outcome, now);
	}

	void nestedEnded(CallOutcome outcome) {
		this.nested = moreTelling(this.nested, outcome);
	}

	boolean isOverdue(long now, long leaseNanos) {
		return this.vote == Vote.PENDING && now - this.start >= leaseNanos;
	}

	/** Takes the vote from a probe that hangs. */
	boolean expire() {
		return VOTE.compareAndSet(this, Vote.PENDING, Vote.LOST);
	}

	/** Votes before the end. */
	boolean castEarly() {
		return VOTE.compareAndSet(this, Vote.PENDING, Vote.CAST);
	}

	boolean isCast() {
		return this.vote == Vote.CAST;
	}

	/** Ends the right to vote. */
	boolean settle() {
		return VOTE.compareAndSet(this, Vote.PENDING, Vote.ENDED);
	}

	/** Neutral outcomes tell less than others; among equals the later one tells more. */
	static CallOutcome moreTelling(@Nullable CallOutcome earlier, CallOutcome later) {
		return (earlier != null && isTelling(earlier) && !isTelling(later)) ? earlier : later;
	}

	@Override
	public String toString() {
		return this.breaker.name() + " " + this.generation.state + " " + this.vote;
	}

	private static boolean isTelling(CallOutcome outcome) {
		return outcome.countsAsFailure() || outcome.kind() == OutcomeKind.SUCCESS;
	}

	private enum Vote {

		/** The call is under way. */
		PENDING,

		/** It has voted at its first content; its end may still speak against it. */
		CAST,

		/** It has ended. */
		ENDED,

		/** It took too long. */
		LOST

	}

}
