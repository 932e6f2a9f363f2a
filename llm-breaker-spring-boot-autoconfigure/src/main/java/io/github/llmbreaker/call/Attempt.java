// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import org.jspecify.annotations.Nullable;

/**
 * One admitted attempt of a call, which has to be ended exactly once; ending it again
 * changes nothing.
 *
 * @since 0.1.0
 */
public final class Attempt {

	private final CallGuard guard;

	private final CallPermit permit;

	private final TimeLimits limits;

	private final HoldRule holdRule;

	private volatile boolean unrepeatable;

	Attempt(CallGuard guard, CallPermit permit, TimeLimits limits, HoldRule holdRule) {
		this.guard = guard;
		this.permit = permit;
		this.limits = limits;
		this.holdRule = holdRule;
	}

	/**
	 * Asks for the only attempt of a call that is neither retried nor rerouted.
	 * @param outer the guarded call that this one is part of; {@code null} if none
	 * @throws io.github.llmbreaker.LlmCallRejectedException if a breaker rejects the call
	 */
	public static Attempt single(CallGuard guard, TargetGate gate, @Nullable CallPermit outer) {
		return single(guard, gate, outer, null);
	}

	/**
	 * Asks for the only attempt of a call that is neither retried nor rerouted.
	 * @param outer the guarded call that this one is part of; {@code null} if none
	 * @param around the observation that it is part of; {@code null} for that of this
	 * thread
	 * @throws io.github.llmbreaker.LlmCallRejectedException if a breaker rejects the call
	 */
	public static Attempt single(CallGuard guard, TargetGate gate, @Nullable CallPermit outer,
			@Nullable Object around) {
		CallPermit permit;
		try {
			permit = gate.acquire(outer);
		}
		catch (LlmCallRejectedException ex) {
			over(ObservedCall.rejected(guard.observer(), gate, ex, around));
			throw ex;
		}
		ObservedCall observed = ObservedCall.admitted(guard.observer(), permit, around);
		if (observed != null) {
			observed.begins(permit);
			over(observed);
		}
		var timeouts = gate.policy().timeouts();
		return new Attempt(guard, permit, TimeLimits.of(timeouts, timeouts.total()), HoldRule.NONE);
	}

	private static void over(@Nullable ObservedCall observed) {
		if (observed != null) {
			observed.over();
		}
	}

	/**
	 * Returns the observation that everything this attempt does is part of; {@code null}
	 * if that is what it was before.
	 */
	public @Nullable Object observation() {
		return (this.permit.companion() instanceof ObservedCall observed) ? observed.observation() : null;
	}

	/** Returns the permit. */
	public CallPermit permit() {
		return this.permit;
	}

	/** Returns what is called. */
	public LlmTarget target() {
		return this.permit.gate().target();
	}

	/** Returns how long it may take. */
	public TimeLimits limits() {
		return this.limits;
	}

	/** Returns how long its answer is held back. */
	public HoldRule holdRule() {
		return this.holdRule;
	}

	/** Returns what it is guarded with. */
	public CallGuard guard() {
		return this.guard;
	}

	/** The provider does not want to see the request again. */
	public void adviseAgainstRetry() {
		this.unrepeatable = true;
	}

	/** Whether the same request may be of use, as far as the provider says. */
	public boolean isRepeatable() {
		return !this.unrepeatable;
	}

	/** It has succeeded. */
	public CallOutcome succeeded() {
		return end(Outcomes.SUCCESS);
	}

	/** There is no answer. */
	public CallOutcome failed(Throwable failure) {
		return failed(failure, false);
	}

	/**
	 * It has failed.
	 * @param started whether something of the answer was there already
	 * @return the outcome as judged; the first one's if it has ended before
	 */
	public CallOutcome failed(Throwable failure, boolean started) {
		boolean ended = this.permit.isCompleted();
		if (Outcomes.isAgainstRetry(failure)) {
			adviseAgainstRetry();
		}
		return end(ended ? Outcomes.LOCAL : Outcomes.thrown(this.guard.failures(), failure, target(), started));
	}

	/**
	 * The caller has left.
	 * @param started whether something of the answer was there already
	 * @return the outcome as judged: a timeout if it has waited long enough for nothing
	 */
	public CallOutcome cancelled(boolean started) {
		return end(started ? Outcomes.CANCELLED : Outcomes.abandoned(this.permit, null));
	}

	/**
	 * The attempt has ended.
	 * @return the outcome as judged; on later calls the first one's
	 */
	public CallOutcome end(CallOutcome outcome) {
		return this.permit.complete(outcome);
	}

}
