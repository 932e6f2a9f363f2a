// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallTrace;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call: it may run, and must be completed exactly once. Safe to use from any
 * thread; completing twice does nothing.
 *
 * @since 0.1.0
 */
public final class CallPermit {

	private static final ThreadLocal<CallPermit> CURRENT = new ThreadLocal<>();

	private static final AtomicReferenceFieldUpdater<CallPermit, @Nullable CallOutcome> OUTCOME = AtomicReferenceFieldUpdater
		.newUpdater(CallPermit.class, CallOutcome.class, "outcome");

	private final TargetGate gate;

	private final @Nullable CallPermit outer;

	private final long start;

	/** {@code null} for a call that would have been rejected, but for observe mode. */
	private final @Nullable Admission provider;

	private final @Nullable Admission model;

	/** What a nested call to the same target knows. */
	private volatile @Nullable CallOutcome nested;

	private volatile @Nullable CallOutcome outcome;

	private volatile @Nullable LlmCallTrace trace;

	CallPermit(TargetGate gate, @Nullable CallPermit outer, long start, @Nullable Admission provider,
			@Nullable Admission model) {
		this.gate = gate;
		this.outer = outer;
		this.start = start;
		this.provider = provider;
		this.model = model;
	}

	/**
	 * Returns the gate it came through.
	 * @return the gate
	 */
	public TargetGate gate() {
		return this.gate;
	}

	/**
	 * Returns how long the call has been running.
	 * @return nanoseconds since admission
	 */
	public long elapsedNanos() {
		return this.gate.nanos() - this.start;
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
	 * The call has ended.
	 * @param outcome how, as the provider's dialect sees it
	 * @return the outcome as judged by policy and customizers; on later calls the first
	 * one's
	 */
	public CallOutcome complete(CallOutcome outcome) {
		CallOutcome first = this.outcome;
		if (first != null) {
			return first;
		}
		CallOutcome known = this.nested;
		CallOutcome judged = (known != null) ? known : this.gate.judge(outcome);
		if (!OUTCOME.compareAndSet(this, null, judged)) {
			return Objects.requireNonNull(this.outcome);
		}
		LlmCallTrace traced = this.trace;
		if (traced != null) {
			traced.end(judged);
		}
		long now = this.gate.nanos();
		this.gate.touch(now);
		end(this.provider, judged, now);
		end(this.model, judged, now);
		report(judged, now);
		return judged;
	}

	/**
	 * Tells a trace of this call's beginning and, when it comes, its end.
	 * @param trace the trace; {@code null} if the application wants none
	 */
	public void traceTo(@Nullable LlmCallTrace trace) {
		if (trace != null) {
			trace.begin(this.gate.target());
			this.trace = trace;
		}
	}

	/**
	 * Whether the call has ended.
	 * @return whether it was completed
	 */
	public boolean isCompleted() {
		return this.outcome != null;
	}

	/**
	 * Whether a guarded call to the same target inside of this one has said how it ended.
	 * @return whether the outcome comes from further inside
	 */
	public boolean isReportedInside() {
		return this.nested != null;
	}

	/**
	 * Returns the guarded call that runs on this thread.
	 * @return the innermost permit, or {@code null}
	 */
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
		return (previous != null) ? () -> CURRENT.set(previous) : CURRENT::remove;
	}

	static @Nullable CallPermit innermostRunning(@Nullable CallPermit permit) {
		CallPermit running = permit;
		while (running != null && running.isCompleted()) {
			running = running.outer;
		}
		return running;
	}

	/** Whether it votes nowhere. */
	boolean isPassive() {
		return this.provider == null;
	}

	/** Returns the place that this call, or one around it, has at a breaker. */
	@Nullable Admission admission(Breaker breaker) {
		if (this.provider != null && this.provider.breaker == breaker) {
			return this.provider;
		}
		if (this.model != null && this.model.breaker == breaker) {
			return this.model;
		}
		return (this.outer != null) ? this.outer.admission(breaker) : null;
	}

	private void end(@Nullable Admission admission, CallOutcome judged, long now) {
		if (admission == null) {
			return;
		}
		if (this.outer != null && this.outer.admission(admission.breaker) == admission) {
			admission.nestedEnded(judged);
		}
		else {
			admission.end(judged, now);
		}
	}

	/** Of calls to the same target around each other the outermost is reported. */
	private void report(CallOutcome judged, long now) {
		for (CallPermit around = this.outer; around != null; around = around.outer) {
			if (around.gate.covers(this.gate)) {
				around.nested = Admission.moreTelling(around.nested, judged);
				return;
			}
		}
		this.gate.completed(judged, now - this.start);
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
