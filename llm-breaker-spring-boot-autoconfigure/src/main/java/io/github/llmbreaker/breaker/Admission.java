// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The place of one call at one breaker.
 */
final class Admission implements AdmissionDecision, OpeningRule.Call, ProbePlaces.Probe {

	private static final AtomicReferenceFieldUpdater<Admission, Vote> VOTE = AtomicReferenceFieldUpdater
		.newUpdater(Admission.class, Vote.class, "vote");

	private static final AtomicReferenceFieldUpdater<Admission, @Nullable Sharing> SHARING = AtomicReferenceFieldUpdater
		.newUpdater(Admission.class, Sharing.class, "sharing");

	private static final VarHandle ALIVE;

	static {
		try {
			ALIVE = MethodHandles.lookup().findVarHandle(Admission.class, "alive", boolean.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final OutcomeRecorder recorder;

	final Generation generation;

	private final long start;

	/** The calls it is judged with; {@code null} for a probe. */
	private @Nullable Cohort cohort;

	private volatile Vote vote = Vote.PENDING;

	private volatile boolean contentStarted;

	/** Whether it probes a breaker that slow calls opened, and is slow. */
	private volatile boolean slow;

	private volatile boolean alive;

	/** Whether it probes and has shown life before anybody would have waited for that. */
	private volatile boolean prompt;

	/** Whether the breaker has counted it as under way. */
	private final boolean counted;

	/** Who else holds it; {@code null} if never anybody did. */
	private volatile @Nullable Sharing sharing;

	Admission(OutcomeRecorder recorder, Generation generation, long start, boolean counted) {
		this.recorder = recorder;
		this.generation = generation;
		this.start = start;
		this.counted = counted;
	}

	/** It is let in. */
	void begin() {
		OpeningRule rule = this.generation.rule;
		if (rule != null) {
			this.cohort = rule.began(this.start);
		}
	}

	/** Lets go of a call that does not take place. */
	void giveBack(long now) {
		if (this.sharing != null) {
			leave(null, 0, now);
			return;
		}
		ProbePlaces places = this.generation.places;
		if (places != null && settle()) {
			places.leave(this);
		}
		OpeningRule rule = this.generation.rule;
		if (rule != null) {
			rule.neutral(this, now);
		}
		uncount();
	}

	/** The provider is well. */
	void answered() {
		live();
		if (this.generation.places != null) {
			this.recorder.answered(this);
		}
	}

	/** The provider is well, and so may be the model. */
	void contentStarted() {
		this.contentStarted = true;
		live();
		ProbePlaces places = this.generation.places;
		if (places != null) {
			this.prompt = !places.isSilence(this.recorder.nanos() - this.start);
			this.recorder.contentStarted(this);
		}
	}

	private void live() {
		OpeningRule rule = this.generation.rule;
		if (rule != null && ALIVE.compareAndSet(this, false, true)) {
			if (rule.alive(this, this.recorder.nanos())) {
				this.recorder.slow(this);
			}
		}
	}

	@Override
	public long start() {
		return this.start;
	}

	@Override
	public boolean isAlive() {
		return this.alive;
	}

	@Override
	public @Nullable Cohort cohort() {
		return this.cohort;
	}

	/**
	 * Whether the breaker has seen a proof of life from another call since this one
	 * began. To be asked for a call that has shown none.
	 */
	boolean isOutlived() {
		OpeningRule rule = this.generation.rule;
		ProbePlaces places = this.generation.places;
		return (rule != null) ? rule.hasLifeSince(this.start) : places != null && places.hasSuccess();
	}

	boolean isSlow() {
		return this.slow;
	}

	void setSlow() {
		this.slow = true;
	}

	boolean hasContentStarted() {
		return this.contentStarted;
	}

	/**
	 * Another call through the same breaker, inside of the one that holds this place,
	 * holds it from now on, too. To be called only while the place is held for sure.
	 */
	void share() {
		Sharing before;
		Sharing after;
		do {
			before = this.sharing;
			after = (before != null) ? before.joined() : Sharing.BY_TWO;
		}
		while (!SHARING.compareAndSet(this, before, after));
	}

	/**
	 * Who holds it has ended: the last one ends it.
	 * @param outcome how; {@code null} if the call did not take place
	 * @param depth how many calls are around
	 * @param now the reading of the ticker
	 */
	void leave(@Nullable CallOutcome outcome, int depth, long now) {
		Sharing after;
		Sharing before;
		do {
			before = this.sharing;
			if (before == null) {
				// and nobody joins any more: its only holder has ended
				end(outcome, now);
				return;
			}
			after = before.left(outcome, depth);
		}
		while (!SHARING.compareAndSet(this, before, after));
		if (after.holders() == 0) {
			end(after.known(), now);
		}
	}

	private void end(@Nullable CallOutcome outcome, long now) {
		this.recorder.end(this, Objects.requireNonNull(outcome), now);
		uncount();
	}

	private void uncount() {
		if (this.counted) {
			this.recorder.ended();
		}
	}

	@Override
	public boolean isOverdue(long now, long leaseNanos) {
		return this.vote == Vote.PENDING && now - this.start >= leaseNanos;
	}

	@Override
	public boolean isPrompt() {
		return this.prompt;
	}

	@Override
	public boolean expire() {
		return VOTE.compareAndSet(this, Vote.PENDING, Vote.LOST);
	}

	/** Votes before the end. */
	@Override
	public boolean castEarly() {
		return VOTE.compareAndSet(this, Vote.PENDING, Vote.CAST);
	}

	boolean isCast() {
		return this.vote == Vote.CAST;
	}

	/** Ends the right to vote. */
	boolean settle() {
		return VOTE.compareAndSet(this, Vote.PENDING, Vote.ENDED);
	}

	@Override
	public String toString() {
		return this.generation.state + " " + this.vote;
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

	/**
	 * What is known of a place that several calls hold.
	 *
	 * @param holders how many still do
	 * @param known how the call went, as far as is known
	 * @param depth how far inside that is known
	 */
	private record Sharing(int holders, @Nullable CallOutcome known, int depth) {

		static final Sharing BY_TWO = new Sharing(2, null, 0);

		Sharing joined() {
			return new Sharing(this.holders + 1, this.known, this.depth);
		}

		Sharing left(@Nullable CallOutcome outcome, int depth) {
			boolean better = outcome != null && (this.known == null || isBetter(this.known, outcome, depth));
			return better ? new Sharing(this.holders - 1, outcome, depth)
					: new Sharing(this.holders - 1, this.known, this.depth);
		}

		/** The innermost knowledge wins, among equals the later one. */
		private boolean isBetter(CallOutcome known, CallOutcome outcome, int depth) {
			boolean telling = NestedEnding.isTelling(outcome);
			return (telling == NestedEnding.isTelling(known)) ? depth >= this.depth : telling;
		}

	}

}
