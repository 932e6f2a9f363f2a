// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * One call and what becomes of it if it is let in.
 */
final class SimulatedCall implements Comparable<SimulatedCall> {

	static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null, 200);

	private final int key;

	private final double firstContent;

	private final double end;

	private final CallOutcome outcome;

	private Guard.@Nullable Place place;

	private double next;

	/**
	 * Creates a call.
	 * @param key with which of the provider's keys it is made
	 * @param firstContent when the first content comes; not a number if none does
	 * @param end when it ends
	 * @param outcome how it ends
	 */
	SimulatedCall(int key, double firstContent, double end, CallOutcome outcome) {
		this.key = key;
		this.firstContent = firstContent;
		this.end = end;
		this.outcome = outcome;
		this.next = (firstContent < end) ? firstContent : end;
	}

	int key() {
		return this.key;
	}

	/** Returns when something happens to it next. */
	double next() {
		return this.next;
	}

	boolean isFailure() {
		return this.outcome.kind() != OutcomeKind.SUCCESS;
	}

	void begin(Guard.Place place) {
		this.place = place;
	}

	/** Lets happen what happens next; returns whether it has ended. */
	boolean goOn() {
		Guard.Place held = this.place;
		if (held == null) {
			throw new IllegalStateException("The call was not let in");
		}
		if (this.next == this.firstContent && this.firstContent < this.end) {
			held.contentStarted();
			this.next = this.end;
			return false;
		}
		held.end(this.outcome);
		return true;
	}

	@Override
	public int compareTo(SimulatedCall other) {
		return Double.compare(this.next, other.next);
	}

}
