// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * Chooses the rule that a policy asks for.
 */
final class OpeningRules {

	private OpeningRules() {
	}

	/**
	 * Returns the rules of one breaker.
	 * @param policy its policy
	 * @param start when it was made, as a reading of the ticker
	 * @return makes the rule of each closed period
	 */
	static OpeningRule.Series of(BreakerPolicy policy, long start) {
		Habits habits = new Habits(start);
		return (since) -> {
			habits.restart();
			return switch (policy.opening().strategy()) {
				case THRESHOLD -> new ThresholdRule(policy, habits, since);
				case EVIDENCE -> new EvidenceRule(policy, habits, since);
			};
		};
	}

}
