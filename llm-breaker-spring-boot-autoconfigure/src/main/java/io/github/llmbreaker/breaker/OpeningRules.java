// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import org.jspecify.annotations.Nullable;

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
		return new Learned(policy, new Habits(start), new SlowCalls(policy));
	}

	private static OpeningCriterion criterion(CohortRule calls, BreakerPolicy policy) {
		return switch (policy.opening().strategy()) {
			case THRESHOLD -> new ThresholdRule(calls, policy);
			case EVIDENCE -> new EvidenceRule(calls, policy);
		};
	}

	/**
	 * What the rules of one breaker have in common.
	 */
	private static final class Learned implements OpeningRule.Series {

		private final Habits habits;

		private final SlowCalls slow;

		private volatile BreakerPolicy policy;

		/**
		 * Creates it.
		 * @param policy its policy
		 * @param habits what is usual
		 * @param slow which calls are slow
		 */
		Learned(BreakerPolicy policy, Habits habits, SlowCalls slow) {
			this.policy = policy;
			this.habits = habits;
			this.slow = slow;
		}

		@Override
		public OpeningRule next(long start) {
			this.habits.restart();
			CohortRule rule = new CohortRule(this.policy, this.habits, this.slow, start);
			rule.judgeBy(this.policy, criterion(rule, this.policy), start);
			return rule;
		}

		@Override
		public void change(BreakerPolicy changed, @Nullable OpeningRule current, long now) {
			this.policy = changed;
			this.slow.change(changed);
			if (current instanceof CohortRule rule) {
				rule.judgeBy(changed, criterion(rule, changed), now);
			}
		}

		@Override
		public boolean isSlow(long nanos, OpeningRule.Moment moment) {
			return switch (moment) {
				case CONTENT -> this.slow.isSlowContent(nanos);
				case STREAM_END -> this.slow.isSlowStream(nanos);
				case END -> this.slow.isSlowAnswer(nanos);
			};
		}

	}

}
