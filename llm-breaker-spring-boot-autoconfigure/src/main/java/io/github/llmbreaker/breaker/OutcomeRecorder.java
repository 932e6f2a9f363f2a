// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerEvent.Type;
import io.github.llmbreaker.breaker.OpeningRule.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Lets the calls of one breaker in and counts how they ended, in the generation that
 * admitted them.
 */
final class OutcomeRecorder {

	private static final AtomicIntegerFieldUpdater<OutcomeRecorder> RUNNING = AtomicIntegerFieldUpdater
		.newUpdater(OutcomeRecorder.class, "running");

	private final BreakerView breaker;

	private final BreakerEnvironment environment;

	private final StateMachine machine;

	private final Tally tally;

	private final History history;

	/** Asked once the breaker is evicted: who counts its failures from then on. */
	private final Supplier<OutcomeRecorder> successor;

	/** The last failure, which may be one too many with those of other instances. */
	private volatile @Nullable Failure lastFailure;

	/** Calls under way, as far as they are counted. */
	private volatile int running;

	OutcomeRecorder(BreakerView breaker, BreakerEnvironment environment, StateMachine machine, Tally tally,
			History history, Supplier<OutcomeRecorder> successor) {
		this.breaker = breaker;
		this.environment = environment;
		this.machine = machine;
		this.tally = tally;
		this.history = history;
		this.successor = successor;
	}

	/**
	 * Asks for the place of a call.
	 * @param now the reading of the ticker
	 * @param counted whether it matters that the call is under way
	 */
	AdmissionDecision enter(long now, boolean counted) {
		while (true) {
			Generation generation = this.machine.entered(now);
			if (generation.rejects() || (generation.places != null && !this.machine.mayProbe())) {
				return Rejection.of(this.breaker.name(), generation, now);
			}
			Admission admission = new Admission(this, generation, now, counted);
			if (counted) {
				RUNNING.incrementAndGet(this);
			}
			if (generation.places == null) {
				admission.begin();
				return admission;
			}
			boolean entered = generation.places.enter(admission, now);
			boolean current = this.machine.latest() == generation;
			if (entered && current) {
				return admission;
			}
			admission.giveBack(now);
			if (current) {
				return Rejection.of(this.breaker.name(), generation, now);
			}
		}
	}

	long nanos() {
		return this.environment.nanos();
	}

	/** A call that was counted is under way no more. */
	void ended() {
		RUNNING.decrementAndGet(this);
	}

	/** Whether a call that was counted is under way. */
	boolean isBusy() {
		return this.running > 0;
	}

	/**
	 * The head of a good answer has arrived: enough to know that the provider is well.
	 */
	void answered(Admission call) {
		if (this.breaker.scope() == OutcomeScope.PROVIDER) {
			voteEarly(call);
		}
	}

	/** The first content has arrived: enough unless streams were what failed. */
	void contentStarted(Admission call) {
		Trip trip = call.generation.trip();
		if (trip != null && trip.slow() && this.machine.isSlow(nanos() - call.start(), Moment.CONTENT)) {
			call.setSlow();
		}
		boolean telling = this.breaker.scope() == OutcomeScope.PROVIDER || trip == null
				|| !(trip.inStream() || (trip.slow() && this.breaker.policy().slowCallDuration() != null));
		if (telling && !call.isSlow()) {
			voteEarly(call);
		}
	}

	void end(Admission call, CallOutcome outcome, long now) {
		OutcomeRecorder kept = (this.breaker.isEvicted() && isFailure(outcome)) ? this.successor.get() : this;
		if (kept == this) {
			endHere(call, outcome, now);
		}
		else {
			kept.endElsewhere(call, outcome, now);
		}
	}

	private void endHere(Admission call, CallOutcome outcome, long now) {
		Generation generation = this.machine.latest();
		if (generation == call.generation) {
			endInTime(call, generation, outcome, now);
		}
		else if (generation.rule != null && generation.probed == call.generation && call.isCast()) {
			endAfterVote(call, generation, outcome, now);
		}
		else {
			endLate(call, outcome, now);
		}
	}

	/** A call has failed whose own breaker is gone and has left its name to this one. */
	private void endElsewhere(Admission call, CallOutcome outcome, long now) {
		Generation generation = this.machine.latest();
		OpeningRule rule = generation.rule;
		if (rule != null) {
			countFailure(call, generation, rule, outcome, now);
		}
		else {
			endLate(call, outcome, now);
		}
	}

	private void voteEarly(Admission call) {
		Generation generation = call.generation;
		if (this.machine.latest() == generation && call.castEarly()) {
			succeed(generation);
		}
	}

	private void endInTime(Admission call, Generation generation, CallOutcome outcome, long now) {
		OpeningRule rule = generation.rule;
		ProbePlaces places = generation.places;
		if (rule != null) {
			count(call, generation, rule, outcome, now);
		}
		else if (places != null) {
			endProbe(call, generation, places, outcome, now);
		}
	}

	private void count(Admission call, Generation generation, OpeningRule rule, CallOutcome outcome, long now) {
		if (isFailure(outcome)) {
			countFailure(call, generation, rule, outcome, now);
		}
		else if (outcome.kind() == OutcomeKind.SUCCESS) {
			this.tally.succeeded();
			if (rule.succeeded(call, now)) {
				slow(call);
			}
		}
		else {
			this.tally.neutral();
			rule.neutral(call, now);
		}
	}

	private void countFailure(Admission call, Generation generation, OpeningRule rule, CallOutcome outcome, long now) {
		if (this.environment.isShared()) {
			this.lastFailure = new Failure(generation, tripOf(call, outcome, now), outcome.retryAfter(), now);
		}
		switch (rule.failed(call, outcome, now)) {
			case COUNTED -> {
				failed(call, outcome, now);
				this.environment.sync().failed(this.breaker);
			}
			case OPEN -> {
				failed(call, outcome, now);
				trip(call, generation, outcome, now);
			}
			case TOO_LATE -> {
				// whoever of the two is first: what this provider asks for holds
				trip(call, generation, outcome, now);
				endLate(call, outcome, now);
			}
		}
	}

	/** Other instances have told of their calls. */
	void heard(SharedCalls others, long now) {
		Generation generation = this.machine.latest();
		OpeningRule rule = generation.rule;
		if (rule == null || generation.since.nanos() != others.period() || !rule.heard(others, now)) {
			return;
		}
		Failure failure = this.lastFailure;
		if (failure != null && failure.generation() == generation) {
			this.machine.trip(generation, failure.trip(), failure.waitFrom(now));
		}
	}

	/** Others have opened it: what the provider has asked for here still holds. */
	void openedElsewhere(Generation before, long now) {
		Failure failure = this.lastFailure;
		if (failure != null && failure.generation() == before) {
			this.machine.extend(failure.waitFrom(now), now);
		}
	}

	private void endProbe(Admission call, Generation generation, ProbePlaces places, CallOutcome outcome, long now) {
		boolean voted = call.isCast();
		if (!voted && !call.settle()) {
			endLate(call, outcome, now);
		}
		else if (isFailure(outcome)) {
			failed(call, outcome, now);
			trip(call, generation, outcome, now);
		}
		else if (outcome.kind() == OutcomeKind.SUCCESS) {
			this.tally.succeeded();
			if (!voted && isSlowProbe(call, generation, now)) {
				slow(call);
			}
			else if (!voted) {
				succeed(generation);
			}
		}
		else {
			this.tally.neutral();
			if (!voted) {
				places.leave(call);
			}
		}
	}

	/**
	 * A probe voted well at its first content and so closed the breaker, and ends now.
	 */
	private void endAfterVote(Admission call, Generation generation, CallOutcome outcome, long now) {
		OpeningRule rule = generation.rule;
		if (rule != null && isFailure(outcome)) {
			countFailure(call, generation, rule, outcome, now);
		}
		else if (outcome.kind() == OutcomeKind.SUCCESS) {
			this.tally.succeeded();
		}
		else {
			this.tally.neutral();
		}
	}

	private void endLate(Admission call, CallOutcome outcome, long now) {
		this.tally.late();
		this.history.ended(this.environment.now(), Type.LATE, outcome);
		if (isFailure(outcome)) {
			extend(outcome, now);
		}
		this.environment.listeners().late(this.breaker);
	}

	/** A call has gone well, but was one too many slow ones. */
	void slow(Admission call) {
		this.machine.trip(call.generation, Trip.SLOW, null);
	}

	/** A slow probe does not close what slow calls opened. */
	private boolean isSlowProbe(Admission call, Generation generation, long now) {
		Trip trip = generation.trip();
		Moment moment = call.hasContentStarted() ? Moment.STREAM_END : Moment.END;
		return trip != null && trip.slow() && (call.isSlow() || this.machine.isSlow(now - call.start(), moment));
	}

	private void succeed(Generation generation) {
		if (generation.places != null && generation.places.succeed(nanos())) {
			this.machine.recover(generation);
		}
	}

	private void failed(Admission call, CallOutcome outcome, long now) {
		Timestamp at = this.environment.now();
		this.tally.failed(outcome, at.instant(), now - call.start());
		this.history.ended(at, Type.FAILURE, outcome);
	}

	private void trip(Admission call, Generation generation, CallOutcome outcome, long now) {
		if (!this.machine.trip(generation, tripOf(call, outcome, now), outcome.retryAfter())) {
			// another call was faster; what the provider asks for still holds
			extend(outcome, now);
		}
	}

	private static Trip tripOf(Admission call, CallOutcome outcome, long now) {
		boolean inStream = outcome.kind() == OutcomeKind.STREAM_ERROR
				|| (outcome.kind() == OutcomeKind.TIMEOUT && call.hasContentStarted());
		return new Trip(outcome.kind(), outcome.status(), inStream, false, now - call.start());
	}

	private void extend(CallOutcome outcome, long now) {
		if (outcome.retryAfter() != null && this.machine.extend(outcome.retryAfter(), now)) {
			this.history.ended(this.environment.now(), Type.COOLDOWN_EXTENDED, outcome);
		}
	}

	/** Whether it counts, and on this breaker. */
	private boolean isFailure(CallOutcome outcome) {
		return outcome.countsAsFailure()
				&& (outcome.scope() == OutcomeScope.PROVIDER) == (this.breaker.scope() == OutcomeScope.PROVIDER);
	}

	/**
	 * A failure that may open the breaker later.
	 *
	 * @param generation the period it was counted in
	 * @param trip what it would have opened it for
	 * @param hint how long the provider asked to wait
	 * @param at when
	 */
	private record Failure(Generation generation, Trip trip, @Nullable Duration hint, long at) {

		@Nullable Duration waitFrom(long now) {
			Duration left = (this.hint != null) ? this.hint.minusNanos(now - this.at) : null;
			return (left != null && !left.isNegative()) ? left : null;
		}

	}

}
