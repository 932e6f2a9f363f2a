// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.function.DoubleSupplier;

/**
 * A way to decide which calls are made.
 */
interface Strategy {

	/**
	 * Returns its name.
	 * @return as on the page
	 */
	String name();

	/**
	 * Begins a run.
	 * @param run what it may look at
	 * @return who decides in it
	 */
	Guard start(Run run);

	/**
	 * What a strategy may look at.
	 *
	 * @param time the time
	 * @param random numbers from 0 to 1
	 * @param truth how the provider really is: for the oracle only
	 * @param key with which of the provider's keys the calls are made, or
	 * {@link Course#ANY_KEY}
	 */
	record Run(SimulatedTime time, DoubleSupplier random, Provider truth, int key) {
	}

}
