// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call: it may run, and must be completed exactly once. Safe to use from any
 * thread; completing twice does nothing.
 *
 * @since 0.1.0
 */
public final class CallPermit {

	private static final CallOutcome NO_VOTE = new CallOutcome(OutcomeKind.CANCELLED, OutcomeScope.NONE, false, null,
			null);

	private static final ThreadLocal<@Nullable CallPermit> CURRENT = new ThreadLocal<>();

	private static final Scope OUTERMOST = () -> CURRENT.set(null);

	private static final AtomicReferenceFieldUpdater<CallPermit, @Nullable Object> ENDING = AtomicReferenceFieldUpdater
		.newUpdater(CallPermit.class, Object.class, "ending");

	private final TargetGate gate;

	private final @Nullable CallPermit outer;

	private final long start;

	/** {@code null} for a call that would have been rejected, but for observe mode. */
	private final @Nullable Admission provider;

	private final @Nullable Admission model;

	/** The call around this one that is the same call: it holds on until this ends. */
	private final @Nullable CallPermit same;

	/**
	 * Nothing while the call runs, its {@link CallOutcome} once it has ended; a
	 * {@link NestedEnding} if other calls were ever made inside. One word, so that a call
	 * that comes in and the end of this one can't miss each other.
	 */
	private volatile @Nullable Object ending;

	private volatile @Nullable CallCompanion companion;

	CallPermit(TargetGate gate, long start, NestedPlaces places) {
		this.gate = gate;
		this.outer = places.outer();
		this.start = start;
		this.provider = places.provider();
		this.model = places.model();
		this.same = places.same();
	}

	CallPermit(TargetGate gate, long start, @Nullable Admission provider, @Nullable Admission model) {
		this.gate = gate;
		this.outer = null;
		this.start = start;
		this.provider = provider;
		this.model = model;
		this.same = null;
	}

	/** Returns the gate it came through. */
	public TargetGate gate() {
		return this.gate;
	}

	/** Returns how long the call has been running: nanoseconds since admission. */
	public long elapsedNanos() {
		return this.gate.nanos() - this.start;
	}

	/**
	 * Whether the model's breaker has seen an answer or the first content of a stream
	 * since this call began: the model is well, however long this one waits.
	 */
	public boolean isModelAlive() {
		return this.model != null && this.model.isOutlived();
	}

	/**
	 * The head of a good answer that is no stream has arrived: the provider is well.
	 */
	public void answered() {
		if (this.provider != null) {
			this.provider.answered();
		}
	}

	/**
	 * The first content event of a stream has arrived: the provider is well, and so is
	 * the model, unless streams were what failed.
	 */
	public void contentStarted() {
		if (this.provider != null) {
			this.provider.contentStarted();
		}
		if (this.model != null) {
			this.model.contentStarted();
		}
	}

	/**
	 * The call has ended. If guarded calls to the same target that were made inside of it
	 * still run, the last of them ends it: who returns before its answer has ended has
	 * not succeeded yet.
	 * @param outcome how, as the provider's dialect sees it
	 * @return the outcome as judged by policy and customizers, as far as it is known by
	 * now; on later calls the first one's
	 */
	public CallOutcome complete(CallOutcome outcome) {
		CallOutcome first = completed();
		if (first != null) {
			return first;
		}
		CallOutcome known = knownInside();
		CallOutcome judged = (known != null) ? known : this.gate.judge(outcome);
		if (ENDING.compareAndSet(this, null, judged)) {
			end(judged, false);
			return judged;
		}
		while (this.ending instanceof NestedEnding before && before.own() == null) {
			NestedEnding after = before.completed(judged);
			if (ENDING.compareAndSet(this, before, after)) {
				endIfLast(after);
				return after.outcome();
			}
		}
		return Objects.requireNonNull(completed());
	}

	/**
	 * Tells a trace of this call's beginning and, when it comes, its end.
	 * @param trace the trace; {@code null} if the application wants none
	 */
	public void traceTo(@Nullable LlmCallTrace trace) {
		if (trace != null) {
			trace.begin(this.gate.target());
			accompany(trace::end);
		}
	}

	/**
	 * Lets something go with this call. To be used before the call runs.
	 * @param with told of the call's end
	 */
	public void accompany(CallCompanion with) {
		CallCompanion known = this.companion;
		this.companion = (known != null) ? known.and(with) : with;
	}

	/** Returns what has gone with this call first; {@code null} if nothing has. */
	public @Nullable CallCompanion companion() {
		CallCompanion known = this.companion;
		return (known != null) ? known.first() : null;
	}

	/**
	 * Returns the outermost call that is the same call as this one: this one if it is no
	 * part of another call to the same target.
	 */
	public CallPermit whole() {
		CallPermit whole = this;
		while (whole.same != null) {
			whole = whole.same;
		}
		return whole;
	}

	/** Whether the call has ended. */
	public boolean isCompleted() {
		return completed() != null;
	}

	/**
	 * Whether there is or was a guarded call to the same target inside of this one, which
	 * knows more and has the same limits.
	 */
	public boolean isGuardedInside() {
		return this.ending instanceof NestedEnding;
	}

	/**
	 * Whether a guarded call to the same target inside of this one has said how it ended.
	 */
	public boolean isReportedInside() {
		return knownInside() != null;
	}

	/** Returns the innermost guarded call that runs on this thread, or {@code null}. */
	public static @Nullable CallPermit current() {
		return CURRENT.get();
	}

	/**
	 * Makes this the guarded call of this thread until the scope is closed.
	 * @return the scope, to be closed on the same thread
	 */
	public Scope makeCurrent() {
		CallPermit previous = CURRENT.get();
		CURRENT.set(this);
		CallCompanion with = this.companion;
		Runnable leaving = (with != null) ? with.enter() : null;
		if (leaving != null) {
			return () -> {
				leaving.run();
				CURRENT.set(previous);
			};
		}
		// emptied, not removed: the thread's next call finds its entry
		return (previous != null) ? () -> CURRENT.set(previous) : OUTERMOST;
	}

	static @Nullable CallPermit innermostRunning(@Nullable CallPermit permit) {
		CallPermit running = permit;
		while (running != null && running.hasEnded()) {
			running = running.outer;
		}
		return running;
	}

	/** Makes this permit wait for a call inside of it; {@code false} if it has ended. */
	boolean enter() {
		while (true) {
			Object before = this.ending;
			if (before instanceof CallOutcome || (before instanceof NestedEnding nested && nested.isLast())) {
				return false;
			}
			NestedEnding after = (before instanceof NestedEnding nested) ? nested.entered() : NestedEnding.FIRST;
			if (ENDING.compareAndSet(this, before, after)) {
				return true;
			}
		}
	}

	/**
	 * A call inside of this one has ended, or did not take place.
	 * @param outcome what it knows; {@code null} if nothing about this call
	 * @param partitioned whether it was one of a partition that this call does not name
	 */
	void leave(@Nullable CallOutcome outcome, boolean partitioned) {
		while (this.ending instanceof NestedEnding before) {
			NestedEnding after = before.left(outcome, partitioned);
			if (ENDING.compareAndSet(this, before, after)) {
				endIfLast(after);
				return;
			}
		}
	}

	/** Whether it votes nowhere. */
	boolean isPassive() {
		return this.provider == null;
	}

	@Nullable CallPermit outer() {
		return this.outer;
	}

	/** Returns the place that this call has at a breaker. */
	@Nullable Admission admission(Breaker breaker) {
		if (this.provider != null && breaker.admitted(this.provider)) {
			return this.provider;
		}
		return (this.model != null && breaker.admitted(this.model)) ? this.model : null;
	}

	/** Whether a place is one of its own. */
	boolean holds(Admission admission) {
		return this.provider == admission || this.model == admission;
	}

	private @Nullable CallOutcome completed() {
		Object known = this.ending;
		return (known instanceof NestedEnding nested) ? nested.own() : (CallOutcome) known;
	}

	private @Nullable CallOutcome knownInside() {
		return (this.ending instanceof NestedEnding nested) ? nested.inside() : null;
	}

	private boolean hasEnded() {
		Object known = this.ending;
		return (known instanceof NestedEnding nested) ? nested.isLast() : known != null;
	}

	private void endIfLast(NestedEnding nested) {
		if (nested.isLast()) {
			end(nested.outcome(), nested.partitioned());
		}
	}

	/**
	 * Nothing of this call runs any more.
	 * @param partitioned whether calls inside have voted for their partition: what
	 * concerns one tenant says nothing about those of all others
	 */
	private void end(CallOutcome outcome, boolean partitioned) {
		CallCompanion with = this.companion;
		if (with != null) {
			with.ended(outcome);
		}
		long now = this.gate.nanos();
		this.gate.touch(now);
		CallOutcome vote = partitioned ? NO_VOTE : outcome;
		leave(this.provider, vote, now);
		leave(this.model, vote, now);
		boolean part = this.same != null && this.same.gate.coversPartition(this.gate);
		if (part || (this.same == null && !partitioned)) {
			this.gate.completed(outcome, now - this.start);
		}
		if (this.same != null) {
			this.same.leave(outcome, part || partitioned);
		}
	}

	private void leave(@Nullable Admission admission, CallOutcome outcome, long now) {
		// what the same call around this one holds as well is left by that one
		if (admission != null && (this.same == null || !this.same.holds(admission))) {
			admission.leave(outcome, depth(), now);
		}
	}

	private int depth() {
		int depth = 0;
		for (CallPermit around = this.outer; around != null; around = around.outer) {
			depth++;
		}
		return depth;
	}

	/**
	 * Ends when the thread leaves the guarded call.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
