// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.llmbreaker.simulation.Traffic.Answers;

/**
 * The part of the page on fleets that is played.
 */
final class FleetPage {

	static final String BEGIN = "<!-- written by FleetSimulationCommand -->";

	static final String END = "<!-- until here -->";

	private static final Incident INCIDENT = Incident.DOWN;

	/** After it, the longest that is looked at until all is well. */
	private static final double AFTER = 180;

	private static final String INTRODUCTION = """

			The same calls and the same outage of %.0f s meet instances that are alone and such that are a fleet, on virtual time, with the
			default preset; [outages.md](outages.md) has the traffic (answers of 4 s, one of a hundred fails) and the oracle.
			Each table: calls made in vain during the outage, and withheld in the %.0f s after it from a model that is well again; seconds until
			none is withheld any more; commands that Redis gets each second while all is well, and during the outage. Means of 20, 5, 2 and 1 runs.

			- **one instance**: makes all calls by itself, the measure of a fleet.
			- **alone**: instances that don't share anything.
			- **fleet**: ours, messages to and from Redis take up to a millisecond; **bad network**: up to 500 ms each, and one of a hundred gets lost.
			- **[LiteLLM](https://docs.litellm.ai/docs/routing)'s cooldowns**, as documented: each instance counts for itself and writes its cooldown to
			  Redis, which the others read at most once a second. On a perfect network.
			- **[gobreaker](https://github.com/sony/gobreaker) 2 with its Redis store**, as documented: before and after each call an instance locks, reads, writes and
			  unlocks the one state, and the call waits for that. More than five failures in a row open for 60 s. On a perfect network; with
			  messages of up to a millisecond a call would wait 8 ms and the lock would let through at most 170 calls a second, of up to 500 ms 4 s and one
			  call in three seconds.

			The command that wrote this, within ten minutes:

			```shell
			./mvnw -Psimulation -Dquick -Dsimulation.command=FleetSimulationCommand -pl llm-breaker-spring-boot-autoconfigure test-compile exec:exec
			```
			""";

	private final long seed;

	private final PrintStream progress;

	FleetPage(long seed, PrintStream progress) {
		this.seed = seed;
		this.progress = progress;
	}

	/** Plays everything and returns the page with it. */
	String write(String page) {
		StringBuilder played = new StringBuilder(
				String.format(Locale.ROOT, INTRODUCTION, INCIDENT.seconds(), AFTER));
		played.append(table("20 instances, one call a minute each", 20, 1 / 60.0, 20));
		played.append(table("20 instances, one call a second each", 20, 1, 5));
		played.append(table("1,000 instances, one call a minute each", 1000, 1 / 60.0, 2));
		played.append(table("1,000 instances, one call in ten seconds each", 1000, 0.1, 1));
		int begin = page.indexOf(BEGIN) + BEGIN.length();
		return page.substring(0, begin) + "\n" + played.toString().stripTrailing() + "\n\n"
				+ page.substring(page.indexOf(END));
	}

	private String table(String title, int instances, double rate, int runs) {
		this.progress.println(title);
		MarkdownTable table = new MarkdownTable(
				List.of(title, "in vain", "withheld", "back after s", "commands/s", "in the outage"));
		List<Strategy> strategies = strategies(instances);
		List<FleetScore> scores = strategies.parallelStream()
			.map((strategy) -> FleetScore.of(strategy, instances * rate, this.seed, runs))
			.toList();
		for (int i = 0; i < strategies.size(); i++) {
			table.row(row(strategies.get(i).name(), scores.get(i)));
		}
		return "\n" + table;
	}

	private static List<String> row(String name, FleetScore score) {
		List<String> row = new ArrayList<>(List.of(name));
		for (double value : new double[] { score.inVain(), score.withheld(), score.back(), score.commands(),
				score.commandsInOutage() }) {
			row.add(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.0f", value));
		}
		return row;
	}

	/** Whom to compare. */
	static List<Strategy> strategies(int instances) {
		PresetStrategy ours = Strategies.DEFAULT;
		return List.of(PresetStrategy.of("one instance"), FleetStrategy.isolated("alone", instances, ours),
				FleetStrategy.shared("fleet", instances, ours, 0.001, 0),
				FleetStrategy.shared("fleet, bad network", instances, ours, 0.5, 0.01),
				SharedCooldowns.of("LiteLLM's cooldowns", instances), SharedStore.of("gobreaker's store", instances),
				new Oracle());
	}

	/**
	 * The means of several runs.
	 *
	 * @param inVain calls made during the outage
	 * @param withheld calls withheld after it
	 * @param back seconds after it until the last of them
	 * @param commands commands each second before it; not a number without Redis
	 * @param commandsInOutage commands each second during it
	 * @param lockedOut share of the calls withheld where there is no outage
	 */
	record FleetScore(double inVain, double withheld, double back, double commands, double commandsInOutage,
			double lockedOut) {

		static FleetScore of(Strategy strategy, double rate, long seed, int runs) {
			double before = Math.max(60, Math.min(300, 100 / rate));
			Outage outage = new Outage(Traffic.of(rate, Answers.SHORT), INCIDENT, before, AFTER);
			Outage healthy = new Outage(Traffic.of(rate, Answers.SHORT), Incident.HEALTHY, 0, before);
			FleetScore sum = new FleetScore(0, 0, 0, 0, 0, 0);
			for (long run = seed; run < seed + runs; run++) {
				Verdicts verdicts = outage.play(strategy, run);
				FleetStrategy fleet = (strategy instanceof FleetStrategy it) ? it : null;
				double commands = (fleet != null) ? fleet.commands(before / 2, before) : Double.NaN;
				double inOutage = (fleet != null) ? fleet.commands(before, before + INCIDENT.seconds()) : Double.NaN;
				double early = (run == seed) ? runs * healthy.play(strategy, run).rejectedShare() : 0;
				sum = sum.plus(new FleetScore((double) verdicts.incidentCalls() - verdicts.incidentRejected(),
						(double) verdicts.rejected() - verdicts.incidentRejected(), verdicts.back(), commands, inOutage,
						early));
			}
			return sum.dividedBy(runs);
		}

		private FleetScore plus(FleetScore run) {
			return new FleetScore(this.inVain + run.inVain, this.withheld + run.withheld, this.back + run.back,
					this.commands + run.commands, this.commandsInOutage + run.commandsInOutage,
					this.lockedOut + run.lockedOut);
		}

		private FleetScore dividedBy(int runs) {
			return new FleetScore(this.inVain / runs, this.withheld / runs, this.back / runs, this.commands / runs,
					this.commandsInOutage / runs, this.lockedOut / runs);
		}

	}

}
