// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.List;

import io.github.llmbreaker.simulation.Traffic.Answers;

/**
 * Calls of another kind than those that rules are tuned on.
 *
 * @param name its name on the page
 * @param answers how long answers take
 * @param errors share of the calls to a healthy model that fail
 * @param burst how many calls come at once
 * @param timeouts whether who fails is not told so
 */
record Mix(String name, Answers answers, double errors, int burst, boolean timeouts) {

	/** In the order of the page. */
	static final List<Mix> ALL = List.of(of("streams of 30 s", Answers.LONG), of(Answers.MIXED.name(), Answers.MIXED),
			of("no streams, 4 s", new Answers("", 0.6, 4, 0.3, 1, 0.3)),
			of("no streams, 8 s", new Answers("", 0.6, 8, 0.3, 1, 0.5)),
			of("no streams, 20 s", new Answers("", 0.6, 20, 0.3, 1, 0.5)),
			of("a third no streams, spread very widely", new Answers("", 0.8, 6, 0.3, 0.3, 1)),
			of("failures take 2 s", new Answers("", 0.6, 4, 2, 0, 0.3)),
			of("failures take 5 s", new Answers("", 0.6, 4, 5, 0, 0.3)),
			new Mix("failures are timeouts of 10 s", new Answers("", 0.6, 4, 10, 0, 0.02), 0.01, 1, true),
			new Mix("3 % errors", Answers.SHORT, 0.03, 1, false),
			new Mix("ten calls at once, then none for long", Answers.SHORT, 0.01, 10, false));

	private static Mix of(String name, Answers answers) {
		return new Mix(name, answers, 0.01, 1, false);
	}

	/** Returns so much of it. */
	Traffic at(double rate) {
		return new Traffic(rate, this.answers, this.errors, false, this.burst, this.timeouts);
	}

}
