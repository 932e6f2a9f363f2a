// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the application: its attempts, one after the other, until one of them has
 * an answer or nothing is left to try. Knows no client and waits for nothing: a driver
 * makes the attempts and tells what became of them. Used by one thread at a time.
 * <p>
 * The retries of a target are those of its own policy; the fallbacks and the total time
 * are those of the target that was asked for.
 *
 * @since 0.1.0
 */
public final class LlmCall {

	private static final Logger logger = LoggerFactory.getLogger(LlmCall.class);

	private static final Set<OutcomeKind> REROUTED = EnumSet.of(OutcomeKind.MODEL_NOT_FOUND,
			OutcomeKind.CONTEXT_LENGTH);

	private static final Set<OutcomeKind> FINAL = EnumSet.of(OutcomeKind.CLIENT_ERROR, OutcomeKind.CONTENT_FILTERED,
			OutcomeKind.CANCELLED);

	/** Deeper ones are somebody else's, or a circle. */
	private static final int MAX_CAUSES = 10;

	private final CallGuard guard;

	private final Reach reach;

	private final @Nullable CallPermit outer;

	private final LlmTarget original;

	private final Iterator<FallbackModel> fallbacks;

	private final boolean explicit;

	private final @Nullable Duration totalTimeout;

	private final long start;

	private final FailedAttempts failed = new FailedAttempts();

	private final Set<String> brokenProviders = new HashSet<>(2);

	private TargetGate gate;

	private int retries;

	private boolean triedInside;

	private boolean answerable;

	private boolean plansInside = true;

	private boolean last;

	private @Nullable Object around;

	private boolean begun;

	private volatile boolean over;

	private volatile @Nullable ObservedCall observed;

	private LlmCall(CallGuard guard, TargetGate gate, @Nullable List<FallbackModel> explicit, Reach reach,
			@Nullable CallPermit outer) {
		CallPolicy policy = gate.policy();
		this.guard = guard;
		this.reach = reach;
		this.outer = outer;
		this.gate = gate;
		this.original = gate.target();
		this.explicit = explicit != null;
		this.fallbacks = ((explicit != null) ? explicit : policy.fallbacks()).iterator();
		this.totalTimeout = policy.timeouts().total();
		this.start = guard.ticker().nanos();
	}

	/**
	 * Prepares a call with what its policy says.
	 * @param outer the guarded call that this one is part of; {@code null} if none
	 */
	public static LlmCall of(CallGuard guard, TargetGate gate, Reach reach, @Nullable CallPermit outer) {
		return new LlmCall(guard, gate, null, reach, outer);
	}

	/**
	 * Prepares a call with fallbacks of its own instead of the policy's.
	 * @param outer the guarded call that this one is part of; {@code null} if none
	 */
	public static LlmCall withFallbacks(CallGuard guard, TargetGate gate, List<FallbackModel> fallbacks,
			@Nullable CallPermit outer) {
		return new LlmCall(guard, gate, fallbacks, Reach.EVERYWHERE, outer);
	}

	/** Whether anything at all can come after a failed attempt. */
	public static boolean isRecoverable(TargetGate gate) {
		return gate.policy().retry().maxRetries() > 0 || !gate.policy().fallbacks().isEmpty();
	}

	/**
	 * Guards inside of this call's attempts know that it retries and reroutes them, and
	 * do neither.
	 */
	public LlmCall plansAlone() {
		this.plansInside = false;
		return this;
	}

	/**
	 * Says what this call is part of where its thread doesn't.
	 * @param observation the observation; {@code null} for that of the thread
	 */
	public LlmCall within(@Nullable Object observation) {
		this.around = observation;
		return this;
	}

	/**
	 * Nothing more is tried: the caller has got an answer, though maybe not all of it, or
	 * has left. Who is told nothing more to try need not say so. Can be told by any
	 * thread, more than once.
	 */
	public void over() {
		this.over = true;
		tell(ObservedCall::over);
	}

	private void tell(Consumer<ObservedCall> what) {
		ObservedCall call = this.observed;
		if (call != null) {
			what.accept(call);
		}
	}

	/**
	 * Asks for the next attempt. Targets that reject it are left for their fallbacks.
	 * @return an admitted attempt, or the error if no target admits it
	 */
	public Next begin() {
		while (true) {
			try {
				CallPermit permit = this.gate.acquire(this.outer);
				if (this.retries == 0 && (this.outer == null || this.outer.gate() != this.gate)) {
					this.gate.calling();
				}
				begun(permit);
				return Next.run(attempt(permit));
			}
			catch (LlmCallRejectedException ex) {
				if (!leave(ex)) {
					return fail(this.failed.summary());
				}
			}
		}
	}

	/**
	 * Decides after an attempt failed.
	 * @param attempt the attempt, which has ended
	 * @param error what the caller would get
	 * @return an admitted attempt at another target, a wait, or the error
	 */
	public Next failed(Attempt attempt, CallOutcome outcome, Throwable error) {
		LlmCallRejectedException rejection = rejectionIn(error);
		if (rejection != null) {
			return leave(rejection) ? begin() : fail(this.failed.summary());
		}
		if (this.last) {
			return fail(this.failed.isEmpty() ? error : this.failed.summary());
		}
		this.triedInside |= this.plansInside && attempt.permit().isReportedInside();
		this.answerable |= isRerouted(outcome);
		this.failed.add(this.gate.target(), outcome, error);
		if (outcome.scope() == OutcomeScope.PROVIDER) {
			this.brokenProviders.add(this.gate.target().provider());
		}
		Duration delay = attempt.isRepeatable() ? retryDelay(outcome) : null;
		if (delay != null && this.gate.mayRetry()) {
			this.retries++;
			this.gate.retrying(delay);
			tell((call) -> call.retrying(this.gate.target(), outcome, delay));
			return Next.retry(delay);
		}
		return (isRerouted(outcome) && fallBack()) ? begin() : fail(this.failed.summary());
	}

	/**
	 * Decides after the application itself has kept an attempt from being sent.
	 * @param outcome how the attempt ended, which says nothing about its target
	 * @param error what the caller would get
	 * @return an admitted attempt at another target, or the error
	 */
	public Next unsent(CallOutcome outcome, Throwable error) {
		this.failed.add(this.gate.target(), outcome, error);
		return fallBack() ? begin() : fail(this.failed.summary());
	}

	/**
	 * What has been sent cannot be sent again: this attempt is the last one. If it fails,
	 * the caller gets what had failed before.
	 */
	public void sentForGood() {
		this.last = true;
	}

	/**
	 * Whether someone else may answer instead: the call was rejected, or failed for a
	 * reason that lies with the provider or the model.
	 */
	public boolean isAnswerable() {
		return this.answerable;
	}

	private Attempt attempt(CallPermit permit) {
		CallPolicy policy = permit.gate().policy();
		return new Attempt(this.guard, permit, TimeLimits.of(policy.timeouts(), remaining()), HoldRule.of(policy));
	}

	private void begun(CallPermit permit) {
		if (!this.begun) {
			this.begun = true;
			observe(ObservedCall.admitted(this.guard.observer(), permit, this.around));
		}
		tell((call) -> call.begins(permit));
	}

	private void observe(@Nullable ObservedCall call) {
		this.observed = call;
		if (this.over) {
			// the caller was faster
			tell(ObservedCall::over);
		}
	}

	private Next fail(Throwable error) {
		over();
		return Next.fail(error);
	}

	private boolean leave(LlmCallRejectedException rejection) {
		this.answerable = true;
		if (this.begun) {
			tell((call) -> call.rejected(rejection));
		}
		else {
			this.begun = true;
			observe(ObservedCall.rejected(this.guard.observer(), this.gate, rejection, this.around));
		}
		this.failed.add(this.gate.target(), null, rejection);
		return fallBack();
	}

	private @Nullable Duration remaining() {
		if (this.totalTimeout == null) {
			return null;
		}
		Duration rest = this.totalTimeout.minusNanos(this.guard.ticker().nanos() - this.start);
		return rest.isNegative() ? Duration.ZERO : rest;
	}

	private @Nullable Duration retryDelay(CallOutcome outcome) {
		var retry = this.gate.policy().retry();
		if (this.triedInside || this.retries >= retry.maxRetries() || !retry.on().contains(outcome.kind())
				|| !this.gate.isCallable()) {
			return null;
		}
		Duration delay = new RetryBackoff(retry, this.guard.random()).delay(this.retries, outcome.retryAfter());
		Duration rest = remaining();
		return (delay == null || rest == null || delay.compareTo(rest) < 0) ? delay : null;
	}

	private boolean fallBack() {
		TargetGate next = (this.guard.registry().mode() == BreakerMode.ENFORCE) ? nextGate() : null;
		if (next == null) {
			return false;
		}
		this.gate.fallingBackTo(next);
		tell((call) -> call.fallingBack(next.target()));
		this.gate = next;
		this.retries = 0;
		this.triedInside = false;
		return true;
	}

	private @Nullable TargetGate nextGate() {
		if (this.triedInside && !this.explicit) {
			return null;
		}
		while (this.fallbacks.hasNext() && !Duration.ZERO.equals(remaining())) {
			TargetGate candidate = callableGate(this.reach.partitioned(this.fallbacks.next().insteadOf(this.original)));
			if (candidate != null) {
				return candidate;
			}
		}
		return null;
	}

	private @Nullable TargetGate callableGate(LlmTarget target) {
		try {
			TargetGate candidate = isWorthTrying(target) ? this.guard.registry().gate(target) : null;
			return (candidate != null && candidate.isCallable()) ? candidate : null;
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			// whatever is wrong with it, the caller gets the call's own error
			logger.debug("{} can't be a fallback", target, ex);
			return null;
		}
	}

	private boolean isWorthTrying(LlmTarget target) {
		return !this.brokenProviders.contains(target.provider()) && !this.failed.include(target)
				&& this.reach.canReach(target);
	}

	/**
	 * Whether another target, or anyone else, may answer after an outcome: a failure that
	 * counts, or one that another model may not have.
	 */
	public static boolean isRerouted(CallOutcome outcome) {
		return !FINAL.contains(outcome.kind()) && (outcome.countsAsFailure() || REROUTED.contains(outcome.kind()));
	}

	/**
	 * Returns the rejection by a guard further inside, however clients have wrapped it;
	 * {@code null} if it is something else.
	 */
	public static @Nullable LlmCallRejectedException rejectionIn(Throwable error) {
		Throwable link = error;
		for (int depth = 0; link != null && depth < MAX_CAUSES; depth++) {
			if (link instanceof LlmCallRejectedException rejection) {
				return rejection;
			}
			link = link.getCause();
		}
		return null;
	}

}
