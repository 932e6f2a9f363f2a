// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.CallCompanion;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;

/**
 * Tells an observer of one call: goes with its attempts, and ends when the last of them
 * has ended and nothing more is tried, whichever comes last.
 * <p>
 * A call that is a part of another one to the same target is no observation of its own:
 * what happens to it has happened to the whole.
 */
final class ObservedCall implements CallCompanion {

	private final CallObserver observer;

	private final CallSpan span;

	/** What the call as a whole tells; itself unless it is a part. */
	private final ObservedCall whole;

	/** What a part is made in; {@code null} if that is not known. */
	private final @Nullable Object around;

	/** What is told is told by one thread at a time. */
	private final ReentrantLock telling = new ReentrantLock();

	private @Nullable LlmTarget target;

	private @Nullable CallOutcome outcome;

	/** How the last attempt of a part has ended. */
	private @Nullable CallOutcome inside;

	private @Nullable LlmCallRejectedException rejection;

	private int running;

	private int attempts;

	private boolean over;

	private boolean ended;

	private ObservedCall(CallObserver observer, CallSpan span, @Nullable ObservedCall whole, @Nullable Object around) {
		this.observer = observer;
		this.span = span;
		this.whole = (whole != null) ? whole : this;
		this.around = around;
	}

	/**
	 * A call was admitted for the first time.
	 * @param around the observation it is part of; {@code null} for that of this thread
	 * @return the call; {@code null} if nobody wants to know
	 */
	static @Nullable ObservedCall admitted(CallObserver observer, CallPermit permit, @Nullable Object around) {
		if (observer == CallObserver.NONE) {
			return null;
		}
		CallPermit outermost = permit.whole();
		if (outermost != permit) {
			Object made = (around != null) ? around : observer.current();
			return (outermost.companion() instanceof ObservedCall call)
					? new ObservedCall(observer, call.span, call.whole, made) : null;
		}
		return of(observer, observer.start(permit.gate(), stateOf(permit.gate()), around));
	}

	/**
	 * A call was rejected before it was ever admitted.
	 * @param around the observation it is part of; {@code null} for that of this thread
	 * @return the call; {@code null} if nobody wants to know
	 */
	static @Nullable ObservedCall rejected(CallObserver observer, TargetGate gate, LlmCallRejectedException rejection,
			@Nullable Object around) {
		ObservedCall call = of(observer, observer.start(gate, rejection.getState(), around));
		if (call != null) {
			call.rejected(rejection);
		}
		return call;
	}

	private static @Nullable ObservedCall of(CallObserver observer, @Nullable CallSpan span) {
		return (span != null) ? new ObservedCall(observer, span, null, null) : null;
	}

	private static BreakerState stateOf(TargetGate gate) {
		Breaker model = gate.modelBreaker();
		BreakerState state = (model != null) ? model.state() : BreakerState.CLOSED;
		return (state != BreakerState.CLOSED) ? state : gate.providerBreaker().state();
	}

	/** Returns what is observed now; {@code null} if that is what it was before. */
	@Nullable Object observation() {
		return isPart() ? null : this.span.observation();
	}

	private boolean isPart() {
		return this.whole != this;
	}

	@Override
	public @Nullable Runnable enter() {
		Object inside = isPart() ? this.around : this.span.observation();
		return (inside != null && inside != this.observer.current()) ? this.observer.enter(inside) : null;
	}

	/** An attempt begins; the whole has counted the first one of a part. */
	void begins(CallPermit permit) {
		boolean counts = this.attempts++ > 0 || !isPart();
		permit.accompany(this);
		this.whole.tell(() -> {
			this.whole.rejection = null;
			if (counts) {
				this.span.attempt();
			}
			this.whole.target = permit.gate().target();
			if (!isPart()) {
				this.running++;
			}
		});
	}

	void rejected(LlmCallRejectedException thrown) {
		this.whole.tell(() -> {
			this.whole.rejection = thrown;
			this.span.rejected(String.valueOf(thrown.getMessage()));
		});
	}

	void retrying(LlmTarget again, CallOutcome after, Duration delay) {
		this.whole.tell(() -> this.span
			.retrying("%s; retry in %d ms".formatted(FailedAttemptException.describe(again, after), delay.toMillis())));
	}

	void fallingBack(LlmTarget to) {
		this.whole.tell(() -> this.span.fallingBack(to));
	}

	@Override
	public void ended(CallOutcome judged) {
		if (isPart()) {
			// who is further inside knows more, and may have asked somebody else
			this.whole.tell(() -> this.whole.inside = judged);
		}
		else {
			tell(() -> {
				this.running--;
				this.outcome = (this.inside != null) ? this.inside : judged;
				// nothing comes after a success
				this.over |= judged.kind() == OutcomeKind.SUCCESS;
				endIfLast();
			});
		}
	}

	/** Nothing more is tried. */
	void over() {
		if (!isPart()) {
			tell(() -> {
				this.over = true;
				endIfLast();
			});
		}
	}

	private void tell(Runnable what) {
		this.telling.lock();
		try {
			if (!this.ended) {
				what.run();
			}
		}
		finally {
			this.telling.unlock();
		}
	}

	private void endIfLast() {
		if (!this.over || this.running > 0) {
			return;
		}
		this.ended = true;
		CallOutcome last = this.outcome;
		if (this.rejection != null && (last == null || !last.countsAsFailure())) {
			this.span.end(null, this.rejection);
		}
		else {
			this.span.end(last, errorOf(last));
		}
	}

	/** What clients throw may hold what the provider has written. */
	private @Nullable Throwable errorOf(@Nullable CallOutcome last) {
		LlmTarget called = this.target;
		boolean failed = last != null && last.kind() != OutcomeKind.SUCCESS && last.kind() != OutcomeKind.CANCELLED;
		return (failed && called != null) ? new FailedAttemptException(called, last, null) : null;
	}

}
