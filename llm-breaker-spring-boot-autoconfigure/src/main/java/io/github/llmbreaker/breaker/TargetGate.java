// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of calls to one target: the provider's breaker and the model's.
 *
 * @since 0.1.0
 */
public final class TargetGate extends Evictable implements GateView {

	private final LlmTarget target;

	private volatile CallPolicy policy;

	private final Breaker providerBreaker;

	private final @Nullable Breaker modelBreaker;

	private final BreakerEnvironment environment;

	private final @Nullable TargetGate shared;

	private volatile @Nullable RetryBudget retryBudget;

	/**
	 * Creates a gate.
	 * @param shared the gate whose breakers it shares because there is no room for its
	 * own; {@code null} if it has its own
	 */
	TargetGate(LlmTarget target, CallPolicy policy, Breaker providerBreaker, @Nullable Breaker modelBreaker,
			BreakerEnvironment environment, @Nullable TargetGate shared) {
		this.target = target;
		this.policy = policy;
		this.providerBreaker = providerBreaker;
		this.modelBreaker = modelBreaker;
		this.environment = environment;
		this.shared = shared;
		this.retryBudget = RetryBudget.of(policy.retry(), environment.nanos());
	}

	@Override
	public LlmTarget target() {
		return this.target;
	}

	/** Returns what is configured for these calls. */
	public CallPolicy policy() {
		return this.policy;
	}

	/**
	 * Follows its policy as it is from now on; attempts under way keep their time limits.
	 */
	void follow(LlmPolicies policies) {
		CallPolicy changed = policies.forTarget(this.target);
		if (!changed.equals(this.policy)) {
			this.retryBudget = RetryBudget.after(this.retryBudget, changed.retry(), this.environment.nanos());
			this.policy = changed;
		}
	}

	@Override
	public Breaker providerBreaker() {
		return this.providerBreaker;
	}

	@Override
	public @Nullable Breaker modelBreaker() {
		return this.modelBreaker;
	}

	@Override
	public TargetGate countedAs() {
		return (this.shared != null) ? this.shared : this;
	}

	/**
	 * Asks for the permits of a call.
	 * @param outer the guarded call that this call is part of; {@code null} if none.
	 * Breakers whose permit it holds are not asked again
	 * @return the permit, to be completed exactly once
	 * @throws LlmCallRejectedException if a breaker rejects the call
	 */
	public CallPermit acquire(@Nullable CallPermit outer) {
		long now = this.environment.nanos();
		touch(now);
		CallPermit holder = CallPermit.innermostRunning(outer);
		if (holder != null) {
			return acquire(new NestedPlaces(this, holder, now), now);
		}
		Rejection certain = (this.modelBreaker != null && this.providerBreaker.isClosed())
				? this.modelBreaker.rejection(now) : null;
		if (certain != null) {
			// no place at the provider's breaker, only to give it back
			return reject(certain, now);
		}
		AdmissionDecision provider = this.providerBreaker.enter(now);
		if (provider instanceof Rejection rejection) {
			return reject(rejection, now);
		}
		AdmissionDecision model = (this.modelBreaker != null) ? this.modelBreaker.enter(now) : null;
		if (model instanceof Rejection rejection) {
			((Admission) provider).giveBack(now);
			return reject(rejection, now);
		}
		return new CallPermit(this, now, (Admission) provider, (Admission) model);
	}

	private CallPermit acquire(NestedPlaces places, long now) {
		Rejection rejection = places.arePassive() ? null : places.take(this.providerBreaker, this.modelBreaker);
		if (rejection != null) {
			rejected(rejection);
			if (!this.environment.isObserving()) {
				places.abandon();
				throw rejection.toException(this.target);
			}
		}
		return new CallPermit(this, now, places);
	}

	/** Whether a call would be admitted now; takes no permit and counts nothing. */
	public boolean isCallable() {
		long now = this.environment.nanos();
		return this.environment.isObserving() || (this.providerBreaker.isCallable(now)
				&& (this.modelBreaker == null || this.modelBreaker.isCallable(now)));
	}

	/**
	 * An admitted call begins that is no retry: one more that retries are measured
	 * against.
	 */
	public void calling() {
		RetryBudget budget = this.retryBudget;
		if (budget != null) {
			budget.called(this.environment.nanos());
		}
	}

	/**
	 * Asks for a retry, as the last thing before it: what was granted is taken. Tells
	 * listeners of a refusal.
	 * @return whether the budget allows one more
	 */
	public boolean mayRetry() {
		RetryBudget budget = this.retryBudget;
		boolean allowed = budget == null || budget.take(this.environment.nanos());
		if (!allowed) {
			this.environment.listeners().retryDenied(this);
		}
		return allowed;
	}

	/**
	 * Tells listeners that a call is tried again.
	 * @param delay the wait before
	 */
	public void retrying(Duration delay) {
		this.environment.listeners().retrying(this, delay);
	}

	/**
	 * Tells listeners that another target is tried instead.
	 * @param to the other target's gate
	 */
	public void fallingBackTo(TargetGate to) {
		this.environment.listeners().fallingBack(this, to);
	}

	CallOutcome judge(CallOutcome outcome) {
		BreakerPolicy breaker = (outcome.scope() == OutcomeScope.PROVIDER) ? this.providerBreaker.policy()
				: this.policy.breaker();
		return this.environment.judgement().judge(this.target, breaker, outcome);
	}

	void completed(CallOutcome outcome, long nanos) {
		this.environment.listeners().completed(this, outcome, nanos);
	}

	long nanos() {
		return this.environment.nanos();
	}

	/**
	 * Whether a call through the other gate, inside one through this, is the same call.
	 */
	boolean covers(TargetGate inner) {
		if (this.providerBreaker != inner.providerBreaker) {
			return coversPartition(inner);
		}
		boolean sameBreaker = this.modelBreaker == inner.modelBreaker && (this.shared == null && inner.shared == null
				|| Objects.equals(this.target.model(), inner.target.model()));
		return sameBreaker || coversEndpointOf(inner);
	}

	/**
	 * Whether a call through the other gate, inside one through this, says whose call it
	 * is: that one votes and is reported, this one is not.
	 */
	boolean coversPartition(TargetGate inner) {
		return this.target.partition() == null && inner.target.partition() != null
				&& this.target.provider().equals(inner.target.providerId())
				&& Objects.equals(this.target.model(), inner.target.model());
	}

	private boolean coversEndpointOf(TargetGate inner) {
		return this.modelBreaker != null && inner.modelBreaker != null && this.target.endpoint() == null
				&& Objects.equals(this.target.model(), inner.target.model());
	}

	@Override
	int rank(long now) {
		boolean countsForOthers = this.target.model() == null && this.target.endpoint() == null;
		return countsForOthers ? SPARE + 1 : SPARE;
	}

	@Override
	public String toString() {
		return "Gate of " + this.target;
	}

	private CallPermit reject(Rejection rejection, long now) {
		rejected(rejection);
		if (this.environment.isObserving()) {
			return new CallPermit(this, now, null, null);
		}
		throw rejection.toException(this.target);
	}

	private void rejected(Rejection rejection) {
		Breaker model = this.modelBreaker;
		Breaker breaker = (model != null && rejection.breaker().equals(model.name())) ? model : this.providerBreaker;
		breaker.rejected();
		this.environment.listeners().rejected(breaker, this.target, rejection.reason());
	}

	void touch(long now) {
		used(now);
		if (this.shared != null) {
			this.shared.used(now);
		}
		this.providerBreaker.used(now);
		if (this.modelBreaker != null) {
			this.modelBreaker.used(now);
		}
	}

}
