// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.simulation.Traffic.Answers;

/**
 * The provider in one run: healthy, then hit by an incident, then healthy again.
 */
final class Provider {

	private final Traffic traffic;

	private final long seed;

	private final Course course;

	private final boolean slow;

	private final double from;

	private final double until;

	Provider(Traffic traffic, Incident incident, double from, long seed) {
		this.traffic = traffic;
		this.seed = seed;
		this.course = incident.courses().apply(traffic.rate());
		this.slow = this.course.slowness(incident.seconds()) > 1;
		this.from = from;
		this.until = from + incident.seconds();
	}

	/**
	 * Returns how many of the calls fail that begin at a time, never later than now.
	 */
	double failing(double at, int key) {
		double share = isHit(at) ? this.course.failing(at - this.from, key) : 0;
		return share + (1 - share) * this.traffic.errors();
	}

	/** Whether calls should rather not be made that begin then. */
	boolean isDead(double at, int key) {
		return failing(at, key) > 0.5;
	}

	/**
	 * Returns how long it has taken a call to find out that the model is dead, of those
	 * that know by now.
	 */
	double secondsToFail(double now) {
		double quick = this.traffic.answers().failure();
		double begun = now - quick;
		return (isHit(begun) && this.course.slowness(begun - this.from) > 1) ? Incident.LIMIT : quick;
	}

	/** Returns how long it takes a call to find out that the model is alive. */
	double secondsToLive() {
		Answers answers = this.traffic.answers();
		return (answers.blocking() == 1) ? answers.whole() : answers.firstContent();
	}

	/** Whether answers that come may tell that it is hit. */
	boolean isSlow() {
		return this.slow;
	}

	/** Whether the incident is on. */
	boolean isHit(double at) {
		return at >= this.from && at < this.until;
	}

	/** Makes a call. */
	SimulatedCall call(long number, double at, int key) {
		Dice dice = Dice.ofCall(this.seed, number);
		boolean hit = isHit(at);
		boolean fails = dice.next() < (hit ? this.course.failing(at - this.from, key) : 0);
		if (hit) {
			this.course.sent(at - this.from);
		}
		Answers answers = this.traffic.answers();
		double factor = hit ? this.course.slowness(at - this.from) : 1;
		boolean slow = factor > 1;
		if (!slow && (fails || this.traffic.isUnlucky(this.seed, number))) {
			CallOutcome failure = fails ? this.course.failure(at - this.from) : Course.OVERLOADED;
			return new SimulatedCall(key, Double.NaN, at + answers.failure() * dice.factor(answers.spread()),
					this.traffic.failure(failure));
		}
		double end = at + factor * answers.whole() * dice.factor(answers.spread());
		double first = at + factor * answers.firstContent() * dice.factor(answers.spread());
		double content = (dice.next() < answers.blocking()) ? Double.NaN : Math.min(first, end);
		double limit = this.course.limit();
		return (slow && end > at + limit) ? new SimulatedCall(key, content, at + limit, this.course.failure(at - this.from))
				: new SimulatedCall(key, content, end, SimulatedCall.SUCCESS);
	}

}
