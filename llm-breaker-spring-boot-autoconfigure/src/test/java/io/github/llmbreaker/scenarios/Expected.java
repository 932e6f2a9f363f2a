// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.util.Set;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * How a call must end.
 *
 * @param by whose answer the application gets
 * @param requests how many of them reach the primary; 0 if that depends on time
 * @param kinds how those may end that are not answered well, as much as a library shows
 * of that; none if all are
 * @param reason what the error must say that the application gets; {@code null} if it
 * gets an answer
 * @param hasty whether that needs a time limit of the policy
 */
record Expected(By by, int requests, Set<OutcomeKind> kinds, @Nullable String reason, boolean hasty) {

	static Expected primary(int requests, OutcomeKind... kinds) {
		return new Expected(By.PRIMARY, requests, Set.of(kinds), null, false);
	}

	static Expected fallback(int requests, OutcomeKind... kinds) {
		return new Expected(By.FALLBACK, requests, Set.of(kinds), null, false);
	}

	static Expected inTurn() {
		return new Expected(By.IN_TURN, 0, Set.of(), null, false);
	}

	static Expected error(String reason, OutcomeKind kind) {
		return new Expected(By.NOBODY, 1, Set.of(kind), reason, false);
	}

	Expected inHaste() {
		return new Expected(this.by, this.requests, this.kinds, this.reason, true);
	}

	/**
	 * Who answers.
	 */
	enum By {

		PRIMARY("its answer"), FALLBACK("the fallback's answer"), NOBODY("the provider's reason"),

		IN_TURN("the fallback's answers, then its");

		private final String described;

		By(String described) {
			this.described = described;
		}

		String described() {
			return this.described;
		}

	}

}
