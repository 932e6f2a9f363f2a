// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

/**
 * Changes the judgement of calls. Beans of this type see every outcome after the policy
 * has decided whether it counts, and before a breaker hears of it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutcomeCustomizer {

	/**
	 * Returns the outcome to use.
	 * @param target what was called
	 * @param outcome the outcome so far
	 * @return the same or another outcome; one that counts but has the scope
	 * {@link OutcomeScope#NONE} counts on the model's breaker
	 */
	CallOutcome customize(LlmTarget target, CallOutcome outcome);

}
