// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

/**
 * Random numbers that depend on seed and number of a call only, so that all strategies
 * meet the same calls, whatever they let through.
 */
final class Dice {

	private static final long STEP = 0x9E3779B97F4A7C15L;

	private long state;

	Dice(long seed) {
		this.state = mix(seed);
	}

	/** Returns the dice of one call. */
	static Dice ofCall(long seed, long call) {
		Dice dice = new Dice(seed);
		dice.state = mix(dice.state + call * STEP);
		return dice;
	}

	/** Returns a number from 0 to 1, 1 excluded. */
	double next() {
		this.state += STEP;
		return (mix(this.state) >>> 11) * 0x1.0p-53;
	}

	/** Returns a time that passes between two calls that come at random. */
	double gap(double rate) {
		return -Math.log(1 - next()) / rate;
	}

	/**
	 * Returns a factor around 1: the median is 1, and two thirds are within a factor of
	 * e^spread.
	 */
	double factor(double spread) {
		double normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
		return Math.exp(spread * normal);
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return mixed ^ (mixed >>> 31);
	}

}
