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
	 * @param name the breaker's name
	 * @param policy its policy
	 * @param ticker the clock for durations
	 * @return makes the rule of each closed period
	 */
	static OpeningRule.Series of(String name, BreakerPolicy policy, Ticker ticker) {
		if (policy.window().isZero()) {
			return (start) -> new ConsecutiveFailuresRule(name, policy);
		}
		return (start) -> new FailuresInWindowRule(name, policy, ticker, start);
	}

}
