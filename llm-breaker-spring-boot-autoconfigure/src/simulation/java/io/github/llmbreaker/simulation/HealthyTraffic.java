// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.List;

import io.github.llmbreaker.simulation.Traffic.Answers;

/**
 * What is rejected although the model is well.
 */
final class HealthyTraffic {

	private static final double[] ERRORS = { 0.005, 0.01, 0.02 };

	private static final List<Answers> ANSWERS = List.of(Answers.SHORT, Answers.LONG);

	private HealthyTraffic() {
	}

	/**
	 * Returns the largest share of rejected calls over all shares of errors, single and
	 * in pairs, and all answers.
	 * @param strategy the strategy
	 * @param rate calls a second
	 * @param seconds how long each run takes
	 * @param seed the seed
	 * @return the share from 0 to 1
	 */
	static double rejected(Strategy strategy, double rate, double seconds, long seed) {
		double most = 0;
		for (Answers answers : ANSWERS) {
			for (double errors : ERRORS) {
				for (boolean inPairs : new boolean[] { false, true }) {
					Traffic traffic = new Traffic(rate, answers, errors, inPairs);
					Verdicts verdicts = Outage.healthy(traffic, seconds).play(strategy, seed);
					most = Math.max(most, verdicts.rejectedShare());
				}
			}
		}
		return most;
	}

	/**
	 * Returns the share of rejected calls at the start of an application, with two
	 * percent errors.
	 * @param strategy the strategy
	 * @param rate calls a second
	 * @param starts how often it is started, with answers of each kind
	 * @param firstSeed the first seed, the others follow
	 * @return the share from 0 to 1
	 */
	static double rejectedAtStart(Strategy strategy, double rate, int starts, long firstSeed) {
		double most = 0;
		for (Answers answers : ANSWERS) {
			Outage start = Outage.healthy(new Traffic(rate, answers, 0.02, false), Math.max(60, 50 / rate));
			long calls = 0;
			long rejected = 0;
			for (long seed = firstSeed; seed < firstSeed + starts; seed++) {
				Verdicts verdicts = start.play(strategy, seed);
				calls += verdicts.calls();
				rejected += verdicts.rejected();
			}
			most = Math.max(most, (double) rejected / calls);
		}
		return most;
	}

}
