// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.CallOutcome;

/**
 * What an application asks for, and how a healthy provider answers.
 *
 * @param rate calls a second, coming at random (Poisson)
 * @param answers how long answers take
 * @param errors share of the calls to a healthy model that fail
 * @param inPairs whether such failures come two in a row
 * @param burst how many calls come at once
 * @param timeouts whether who fails is not told so
 */
record Traffic(double rate, Answers answers, double errors, boolean inPairs, int burst, boolean timeouts) {

	Traffic(double rate, Answers answers, double errors, boolean inPairs) {
		this(rate, answers, errors, inPairs, 1, false);
	}

	static Traffic of(double rate, Answers answers) {
		return new Traffic(rate, answers, 0.01, false);
	}

	/** Returns how a call fails that is to fail somehow. */
	CallOutcome failure(CallOutcome failure) {
		return (this.timeouts && failure == Course.OVERLOADED) ? Course.TIMEOUT : failure;
	}

	/** Whether a healthy model fails this call. */
	boolean isUnlucky(long seed, long call) {
		double share = this.inPairs ? this.errors / 2 : this.errors;
		return isHit(seed, call, share) || (this.inPairs && isHit(seed, call - 1, share));
	}

	private static boolean isHit(long seed, long call, double share) {
		return Dice.ofCall(~seed, call).next() < share;
	}

	/**
	 * How long answers take: medians of lognormal times.
	 *
	 * @param name its name on the page
	 * @param firstContent seconds until the first content of a stream
	 * @param whole seconds until the end of an answer
	 * @param failure seconds until a failure
	 * @param blocking share of the calls that are no streams
	 * @param spread how far the times spread
	 */
	record Answers(String name, double firstContent, double whole, double failure, double blocking, double spread) {

		/** Chat. */
		static final Answers SHORT = new Answers("streams of 4 s", 0.6, 4, 0.3, 0, 0.3);

		/** Long texts and reasoning. */
		static final Answers LONG = new Answers("streams of 30 s", 0.6, 30, 0.3, 0, 0.3);

		/** Nobody tuned on these. */
		static final Answers MIXED = new Answers("half streams, half not, 8 s, spread widely", 0.9, 8, 0.4, 0.5, 0.8);

	}

}
