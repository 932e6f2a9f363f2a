// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.Set;

/**
 * One way to make a guarded call.
 *
 * @param name for people
 * @param sight what its guard sees
 * @param readings how its callers can read
 * @param traits what it is like
 * @param recovery what comes after a failed attempt
 * @param once calls for real
 */
record ContractClient(String name, Sight sight, Set<Reading> readings, Set<Trait> traits, Recovery recovery,
		Once once) {

	Seen ask(Ask ask) throws Exception {
		return this.once.ask(ask);
	}

	boolean is(Trait trait) {
		return this.traits.contains(trait);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What comes after a failed attempt.
	 */
	enum Recovery {

		/** Nothing. */
		NONE,

		/** Retries. */
		RETRIES,

		/** Retries and fallbacks. */
		ALL

	}

	/**
	 * Makes a call.
	 */
	@FunctionalInterface
	interface Once {

		Seen ask(Ask ask) throws Exception;

	}

}
