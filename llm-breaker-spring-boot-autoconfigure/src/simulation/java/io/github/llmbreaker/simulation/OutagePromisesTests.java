// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.simulation.Traffic.Answers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/outages.md promises, on a small part of what it plays: always the same dice,
 * and others than there.
 */
class OutagePromisesTests {

	private static final long SEED = 90_001;

	/** Less than one in a thousand calls. */
	private static final double HARDLY = 0.001;

	@ParameterizedTest
	@ValueSource(strings = { "adaptive", "balanced", "lenient", "strict", "consecutive", "gateway" })
	void noPresetLocksHealthyModelsOut(String preset) {
		PresetStrategy strategy = PresetStrategy.ofPreset(preset);
		assertThat(rejected(strategy, 0.1, 86_400)).as("0.1 calls a second").isLessThan(HARDLY);
		assertThat(rejected(strategy, 2, 3_600)).as("2 calls a second").isLessThan(HARDLY);
		assertThat(rejected(strategy, 50, 300)).as("50 calls a second").isLessThan(HARDLY);
		assertThat(rejected(strategy, 500, 60)).as("500 calls a second").isLessThan(HARDLY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "adaptive", "balanced", "lenient", "strict", "consecutive", "gateway" })
	void noPresetLocksHealthyModelsOutAtTheStart(String preset) {
		PresetStrategy strategy = PresetStrategy.ofPreset(preset);
		assertThat(HealthyTraffic.rejectedAtStart(strategy, 0.1, 50, SEED)).as("0.1/s").isLessThan(HARDLY);
		assertThat(HealthyTraffic.rejectedAtStart(strategy, 2, 50, SEED)).as("2/s").isLessThan(HARDLY);
		assertThat(HealthyTraffic.rejectedAtStart(strategy, 50, 5, SEED)).as("50/s").isLessThan(HARDLY);
		assertThat(HealthyTraffic.rejectedAtStart(strategy, 500, 1, SEED)).as("500/s").isLessThan(HARDLY);
	}

	@ParameterizedTest
	@CsvSource({ "0.1, 100, 50", "2, 20, 4", "50, 3, 1", "500, 1, 1" })
	void deadModelsAreNoticedInTime(double rate, int runs, double limit) {
		Scores scores = Scores.of(List.of(Strategies.DEFAULT), List.of(Incident.DOWN), Traffic.of(rate, Answers.SHORT),
				SEED, runs);
		assertThat(scores.noticed(Strategies.DEFAULT.name())).as("seconds").isLessThanOrEqualTo(limit);
	}

	@ParameterizedTest
	@CsvSource({ "0.1, 100", "2, 20", "50, 2" })
	void modelsThatAnswerMostCallsAreUsed(double rate, int runs) {
		Scores scores = Scores.of(List.of(Strategies.DEFAULT), List.of(Incident.BROWN_OUT),
				Traffic.of(rate, Answers.SHORT), SEED, runs);
		assertThat(scores.get(Strategies.DEFAULT.name(), Incident.BROWN_OUT).rejected()).as("share").isLessThan(0.05);
	}

	@ParameterizedTest
	@CsvSource({ "balanced, 0.12", "lenient, 0.12", "strict, 0.25", "gateway, 0.12" })
	void presetsWithAWindowUseModelsThatAnswerMostCalls(String preset, double limit) {
		Scores scores = Scores.of(List.of(PresetStrategy.ofPreset(preset)), List.of(Incident.BROWN_OUT),
				Traffic.of(2, Answers.SHORT), SEED, 20);
		assertThat(scores.get(preset, Incident.BROWN_OUT).rejected()).as("share").isLessThan(limit);
	}

	/** Calls hang for 30 s, which a probe may once more do when all is well again. */
	@ParameterizedTest
	@CsvSource({ "2, 10, 55", "50, 2, 45", "500, 1, 45" })
	void modelsThatHangAreNoticedAndNotTakenForAlive(double rate, int runs, double limit) {
		for (Answers answers : List.of(Answers.SHORT, Answers.MIXED)) {
			Scores scores = Scores.of(List.of(Strategies.DEFAULT), List.of(Incident.HANGING),
					Traffic.of(rate, answers), SEED, runs);
			assertThat(scores.get(Strategies.DEFAULT.name(), Incident.HANGING).regret()).as(answers.name())
				.isLessThanOrEqualTo(limit);
		}
	}

	/** Calls of other kinds than those of the page's first tables. */
	@ParameterizedTest
	@CsvSource({ "0.1, 20, 72", "2, 5, 33", "50, 1, 20" })
	void theDefaultDecidesWellWithCallsThatItWasNotTunedOn(double rate, int runs, double limit) {
		List<Incident> rated = Incident.ALL.stream().filter(Incident::rated).toList();
		for (Mix mix : Mix.ALL) {
			if (mix.burst() == 1) {
				Scores scores = Scores.of(List.of(Strategies.DEFAULT), rated, mix.at(rate), SEED, runs);
				assertThat(scores.meanRegret(Strategies.DEFAULT.name())).as(mix.name()).isLessThanOrEqualTo(limit);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "0.1, 60, 68, 8", "2, 10, 28, 5", "50, 1, 12, 5" })
	void theDefaultDecidesWellAndNeverMuchWorseThanNoBreaker(double rate, int runs, double limit, double excess) {
		List<Incident> incidents = new ArrayList<>(Incident.ALL);
		incidents.remove(Incident.KEY_OF_FOUR_SHARED);
		Scores scores = Scores.of(List.of(Strategies.DEFAULT, Strategies.NONE), incidents,
				Traffic.of(rate, Answers.SHORT), SEED, runs);
		String name = Strategies.DEFAULT.name();
		assertThat(scores.meanRegret(name)).as("mean regret").isLessThanOrEqualTo(limit);
		Incident worst = scores.worst(name, Strategies.NONE.name());
		assertThat(scores.excess(name, Strategies.NONE.name(), worst)).as(worst.name()).isLessThanOrEqualTo(excess);
	}

	/** What is withheld is the cooldown after a row of dead keys; a breaker by key has none. */
	@Test
	void oneDeadKeyOfManyBehindOneBreakerCostsLittle() {
		Scores scores = Scores.of(List.of(Strategies.DEFAULT, Strategies.NONE), List.of(Incident.KEY_OF_FOUR_SHARED),
				Traffic.of(2, Answers.SHORT), SEED, 20);
		assertThat(scores.excess(Strategies.DEFAULT.name(), Strategies.NONE.name(), Incident.KEY_OF_FOUR_SHARED))
			.as("seconds of 300")
			.isLessThanOrEqualTo(15);
	}

	/** One retry a second is always allowed, so that few calls may be tried again at once. */
	@ParameterizedTest
	@ValueSource(doubles = { 50, 500 })
	void retriesDoNotBecomeTheOutage(double rate) {
		PresetStrategy retrying = PresetStrategy.of("two retries", "llm-breaker.defaults.retry.max-retries=2");
		RetriedCalls.Load load = RetriedCalls.play(retrying, rate, 300, SEED);
		assertThat(load.sent()).as("calls sent for each").isBetween(1.1, 1.205);
		assertThat(load.answered()).as("share of calls answered").isGreaterThan(0.55);
	}

	@ParameterizedTest
	@CsvSource({ "0.1, 20, 120", "2, 5, 30", "50, 1, 15", "500, 1, 15" })
	void slownessIsNoticedAgainstWhatIsUsualWithoutAnyDuration(double rate, int runs, double limit) {
		Scores scores = Scores.of(List.of(Strategies.SLOWNESS), List.of(Incident.SLOW_WITHOUT_LIMIT),
				Traffic.of(rate, Answers.SHORT), SEED, runs);
		Score score = scores.get(Strategies.SLOWNESS.name(), Incident.SLOW_WITHOUT_LIMIT);
		assertThat(score.noticed()).as("seconds").isLessThanOrEqualTo(limit);
		assertThat(score.rejected()).as("share").isGreaterThan((rate < 1) ? 0.3 : 0.8);
	}

	private static double rejected(Strategy strategy, double rate, double seconds) {
		double most = 0;
		for (Answers answers : List.of(Answers.SHORT, Answers.LONG)) {
			Traffic traffic = new Traffic(rate, answers, 0.02, true);
			most = Math.max(most, Outage.healthy(traffic, seconds).play(strategy, SEED).rejectedShare());
		}
		return most;
	}

}
