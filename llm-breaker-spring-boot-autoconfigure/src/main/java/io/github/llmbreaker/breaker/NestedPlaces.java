// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import org.jspecify.annotations.Nullable;

/**
 * The places of a call that is made inside of another: those that the calls around it
 * hold are shared, the others are its own.
 */
final class NestedPlaces {

	private final CallPermit outer;

	private final long now;

	private final @Nullable CallPermit same;

	private @Nullable Admission provider;

	private @Nullable Admission model;

	/**
	 * Looks for the call around that is the same call, and makes it wait.
	 * @param gate the gate of the call inside
	 * @param outer the innermost call around it that has not ended
	 * @param now the reading of the ticker
	 */
	NestedPlaces(TargetGate gate, CallPermit outer, long now) {
		this.outer = outer;
		this.now = now;
		this.same = findSame(gate, outer);
	}

	private static @Nullable CallPermit findSame(TargetGate gate, CallPermit outer) {
		for (CallPermit around = outer; around != null; around = around.outer()) {
			if (around.gate().covers(gate) && around.enter()) {
				return around;
			}
		}
		return null;
	}

	CallPermit outer() {
		return this.outer;
	}

	@Nullable CallPermit same() {
		return this.same;
	}

	@Nullable Admission provider() {
		return this.provider;
	}

	@Nullable Admission model() {
		return this.model;
	}

	/** Whether calls inside of a call that votes nowhere vote nowhere, too. */
	boolean arePassive() {
		return this.outer.isPassive();
	}

	/**
	 * Takes the places at both breakers, or returns the rejection of that which does not
	 * let the call in.
	 */
	@Nullable Rejection take(Breaker providerBreaker, @Nullable Breaker modelBreaker) {
		AdmissionDecision first = enter(providerBreaker);
		if (first instanceof Rejection rejection) {
			return rejection;
		}
		this.provider = (Admission) first;
		AdmissionDecision second = (modelBreaker != null) ? enter(modelBreaker) : null;
		if (second instanceof Rejection rejection) {
			giveBack((Admission) first);
			this.provider = null;
			return rejection;
		}
		this.model = (Admission) second;
		return null;
	}

	/** Lets go of the call around: the call inside does not take place. */
	void abandon() {
		if (this.same != null) {
			this.same.leave(null, false);
		}
	}

	private AdmissionDecision enter(Breaker breaker) {
		Admission held = (this.same != null) ? this.same.admission(breaker) : null;
		if (held == null) {
			held = share(breaker);
		}
		return (held != null) ? held : breaker.enter(this.now);
	}

	private @Nullable Admission share(Breaker breaker) {
		for (CallPermit around = this.outer; around != null; around = around.outer()) {
			Admission held = around.admission(breaker);
			// who waits can't give its place up in between
			if (held != null && around.enter()) {
				held.share();
				around.leave(null, false);
				return held;
			}
		}
		return null;
	}

	private void giveBack(Admission admission) {
		if (this.same == null || !this.same.holds(admission)) {
			admission.giveBack(this.now);
		}
	}

}
