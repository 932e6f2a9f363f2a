// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import io.github.llmbreaker.simulation.FleetPage.FleetScore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/fleet.md promises, on a small part of what it plays: always the same dice,
 * and others than there.
 */
class FleetPromisesTests {

	private static final long SEED = 90_001;

	private static final double PERFECT = 0.001;

	@BeforeAll
	static void beQuiet() {
		FleetSimulationCommand.beQuiet();
	}

	@AfterAll
	static void speakAgain() {
		LoggingSystem.get(FleetPromisesTests.class.getClassLoader()).setLogLevel("io.github.llmbreaker", LogLevel.INFO);
	}

	/** Calls made in vain, and seconds until all calls are made again. */
	@ParameterizedTest
	@CsvSource({ "0.0167, 6, 2, 10", "0.1, 6, 1.5, 10", "1, 2, 1.2, 10" })
	void fleetDecidesAboutAsWellAsOneInstance(double rate, int runs, double inVain, double back) {
		FleetScore one = FleetScore.of(Strategies.DEFAULT, 20 * rate, SEED, runs);
		FleetScore fleet = FleetScore.of(fleet(20, PERFECT, 0), 20 * rate, SEED, runs);
		assertThat(fleet.inVain()).as("in vain").isLessThanOrEqualTo(inVain * one.inVain());
		assertThat(fleet.back()).as("back").isLessThanOrEqualTo(one.back() + back);
	}

	@ParameterizedTest
	@CsvSource({ "0.0167, 6, 0.7", "0.1, 6, 0.5", "1, 2, 0.5" })
	void evenOnBadNetworksAFleetIsBetterThanInstancesAlone(double rate, int runs, double inVain) {
		FleetScore alone = FleetScore.of(FleetStrategy.isolated("alone", 20, Strategies.DEFAULT), 20 * rate, SEED, runs);
		FleetScore fleet = FleetScore.of(fleet(20, 0.5, 0.01), 20 * rate, SEED, runs);
		assertThat(fleet.inVain()).as("in vain").isLessThanOrEqualTo(inVain * alone.inVain());
		assertThat(fleet.back()).as("back").isLessThanOrEqualTo(alone.back() + 30);
	}

	@Test
	void largeFleetProtectsAllAfterFewCallsAndIsSoonBack() {
		FleetScore one = FleetScore.of(Strategies.DEFAULT, 20, SEED, 1);
		FleetScore fleet = FleetScore.of(fleet(200, PERFECT, 0), 20, SEED, 1);
		assertThat(fleet.inVain()).isLessThanOrEqualTo(one.inVain() + 30);
		assertThat(fleet.back()).isLessThanOrEqualTo(one.back() + 10);
	}

	/** One beat of two seconds each, and hardly more. */
	@ParameterizedTest
	@CsvSource({ "0.001, 0", "0.5, 0.01" })
	void healthyFleetKeepsQuietAndLocksNobodyOut(double delay, double loss) {
		FleetScore fleet = FleetScore.of(fleet(20, delay, loss), 20, SEED, 1);
		assertThat(fleet.commands()).as("commands a second").isLessThanOrEqualTo(20 * 0.6);
		assertThat(fleet.lockedOut()).as("withheld").isLessThan(0.001);
	}

	private static FleetStrategy fleet(int instances, double delay, double loss) {
		return FleetStrategy.shared("fleet", instances, Strategies.DEFAULT, delay, loss);
	}

}
