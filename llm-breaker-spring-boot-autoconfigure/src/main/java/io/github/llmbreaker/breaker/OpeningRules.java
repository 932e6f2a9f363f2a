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
		return new Learned(policy, new Habits(start), new SlowCalls(policy));
	}

	/**
	 * What the rules of one breaker have in common.
	 *
	 * @param policy its policy
	 * @param habits what is usual
	 * @param slow which calls are slow
	 */
	private record Learned(BreakerPolicy policy, Habits habits, SlowCalls slow) implements OpeningRule.Series {

		@Override
		public OpeningRule next(long start) {
			this.habits.restart();
			return switch (this.policy.opening().strategy()) {
				case THRESHOLD -> new ThresholdRule(this.policy, this.habits, this.slow, start);
				case EVIDENCE -> new EvidenceRule(this.policy, this.habits, this.slow, start);
			};
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
