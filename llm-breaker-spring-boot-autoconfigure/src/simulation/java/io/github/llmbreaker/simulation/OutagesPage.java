// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.github.llmbreaker.simulation.RetriedCalls.Load;
import io.github.llmbreaker.simulation.Traffic.Answers;

/**
 * The page with the results.
 */
final class OutagesPage {

	private static final double DAY = 86_400;

	private static final double HOUR = 3_600;

	private static final double FIVE_MINUTES = 300;

	/** Calls a second, at most. */
	private static final double MOST = 500;

	/** Calls a second, and how many runs of each incident it takes for a steady mean. */
	private static final Map<Double, Integer> RUNS = new LinkedHashMap<>();

	/** How long healthy traffic is played at that rate, and how often its start. */
	private static final Map<Double, Double> HEALTHY_SECONDS = new LinkedHashMap<>();

	/** What an application configures that has calls tried again. */
	private static final Map<String, String[]> RETRIES = new LinkedHashMap<>();

	static {
		RETRIES.put("no retries", new String[0]);
		RETRIES.put("two retries", new String[] { "llm-breaker.defaults.retry.max-retries=2" });
		RETRIES.put("two retries, without a budget", new String[] { "llm-breaker.defaults.retry.max-retries=2",
				"llm-breaker.defaults.retry.budget=0" });
		RUNS.put(0.1, 100);
		RUNS.put(2.0, 20);
		RUNS.put(50.0, 2);
		RUNS.put(500.0, 1);
		HEALTHY_SECONDS.put(0.1, DAY);
		HEALTHY_SECONDS.put(2.0, DAY);
		HEALTHY_SECONDS.put(50.0, HOUR / 3);
		HEALTHY_SECONDS.put(500.0, HOUR / 20);
	}

	private final List<Strategy> strategies;

	private final long seed;

	private final PrintStream progress;

	private final StringBuilder page = new StringBuilder();

	/**
	 * Creates the page.
	 * @param strategies whom to compare
	 * @param seed the first seed
	 * @param progress who is told what is done
	 */
	OutagesPage(List<Strategy> strategies, long seed, PrintStream progress) {
		this.strategies = strategies;
		this.seed = seed;
		this.progress = progress;
	}

	/** Plays everything and returns the page. */
	String write() {
		this.page.append(OutagesText.INTRODUCTION);
		Map<Double, Scores> scores = play(Answers.SHORT, MOST);
		regrets(scores);
		this.page.append(OutagesText.NOTICING);
		table("seconds", scores, (strategy) -> (of) -> of.noticed(strategy.name()), 1);
		this.page.append(OutagesText.WORST);
		worst(scores);
		this.page.append(OutagesText.HEALTHY);
		healthy();
		this.page.append(OutagesText.BROWN_OUT);
		table("% rejected", scores, (strategy) -> (of) -> 100 * of.get(strategy.name(), Incident.BROWN_OUT).rejected(),
				1);
		this.page.append(OutagesText.SLOWNESS);
		slowness();
		this.page.append(OutagesText.RETRIES);
		retries();
		this.page.append(OutagesText.OTHER_ANSWERS);
		for (Answers answers : List.of(Answers.LONG, Answers.MIXED)) {
			this.page.append("\n").append(sentence(answers.name())).append(":\n\n");
			regrets(play(answers, 50));
		}
		this.page.append(OutagesText.OTHER_CALLS);
		otherCalls();
		this.page.append(OutagesText.INCIDENTS);
		scores.forEach(this::incidents);
		this.page.append(OutagesText.TIMELINES);
		Incident.ALL.forEach((incident) -> this.page
			.append(String.format("![%s](images/outages/%s.svg)%n%n", incident.name(), incident.id())));
		return this.page.toString().stripTrailing().replace(System.lineSeparator(), "\n") + "\n";
	}

	private Map<Double, Scores> play(Answers answers, double fastest) {
		Map<Double, Scores> scores = new LinkedHashMap<>();
		RUNS.forEach((rate, runs) -> {
			if (rate > fastest) {
				return;
			}
			this.progress.println("Incidents: " + answers.name() + ", " + rate + " calls a second");
			scores.put(rate, Scores.of(this.strategies, Incident.ALL, Traffic.of(rate, answers), this.seed, runs));
		});
		return scores;
	}

	private void regrets(Map<Double, Scores> scores) {
		table("seconds", scores, (strategy) -> (of) -> of.meanRegret(strategy.name()), 0);
	}

	/** One line for each strategy, one column for each rate. */
	private void table(String unit, Map<Double, Scores> scores, Function<Strategy, ToDoubleFunction<Scores>> value,
			int digits) {
		MarkdownTable table = new MarkdownTable(head(unit, scores.keySet()));
		for (Strategy strategy : this.strategies) {
			List<String> row = new ArrayList<>(List.of(strategy.name()));
			scores.values().forEach((of) -> row.add(number(value.apply(strategy).applyAsDouble(of), digits)));
			table.row(row);
		}
		this.page.append(table);
	}

	private void worst(Map<Double, Scores> scores) {
		MarkdownTable table = new MarkdownTable(head("seconds", scores.keySet()));
		for (Strategy strategy : this.strategies) {
			List<String> row = new ArrayList<>(List.of(strategy.name()));
			scores.values().forEach((of) -> row.add(worst(strategy, of)));
			table.row(row);
		}
		this.page.append(table);
	}

	private static String worst(Strategy strategy, Scores scores) {
		Incident worst = scores.worst(strategy.name(), Strategies.NONE.name());
		double excess = scores.excess(strategy.name(), Strategies.NONE.name(), worst);
		return (excess < 0.5) ? "0" : number(excess, 0) + " (" + worst.name() + ")";
	}

	private void healthy() {
		MarkdownTable day = new MarkdownTable(head("% rejected", RUNS.keySet()));
		MarkdownTable start = new MarkdownTable(head("% rejected", RUNS.keySet()));
		this.progress.println("Healthy traffic");
		List<Healthy> rows = this.strategies.parallelStream().map(this::healthy).toList();
		rows.forEach((row) -> day.row(row.days()));
		rows.forEach((row) -> start.row(row.starts()));
		this.page.append(day).append(OutagesText.COLD_START).append(start);
	}

	private Healthy healthy(Strategy strategy) {
		List<String> days = new ArrayList<>(List.of(strategy.name()));
		List<String> starts = new ArrayList<>(List.of(strategy.name()));
		HEALTHY_SECONDS.forEach((rate, seconds) -> {
			days.add(number(100 * HealthyTraffic.rejected(strategy, rate, seconds, this.seed), 3));
			int runs = (rate < 10) ? 200 : (int) (1000 / rate);
			starts.add(number(100 * HealthyTraffic.rejectedAtStart(strategy, rate, runs, this.seed), 3));
		});
		return new Healthy(days, starts);
	}

	private void slowness() {
		this.progress.println("Slowness");
		List<Strategy> strategies = List.of(Strategies.DEFAULT, Strategies.SLOWNESS);
		Map<Strategy, List<String>> rows = new LinkedHashMap<>();
		strategies.forEach((strategy) -> rows.put(strategy, new ArrayList<>(List.of(strategy.name()))));
		RUNS.forEach((rate, runs) -> {
			Scores scores = Scores.of(strategies, List.of(Incident.SLOW_WITHOUT_LIMIT),
					Traffic.of(rate, Answers.SHORT), this.seed, Math.min(runs, 20));
			rows.forEach((strategy, row) -> row.add(slowness(scores.get(strategy.name(), Incident.SLOW_WITHOUT_LIMIT))));
		});
		MarkdownTable table = new MarkdownTable(head("seconds (% withheld)", RUNS.keySet()));
		rows.values().forEach(table::row);
		this.page.append(table);
	}

	private static String slowness(Score score) {
		return (score.unnoticed() == 1) ? "never"
				: number(score.noticed(), 1) + " (" + number(100 * score.rejected(), 0) + ")";
	}

	private void retries() {
		this.progress.println("Retries");
		MarkdownTable table = new MarkdownTable(head("calls sent (% answered)", RUNS.keySet()));
		RETRIES.forEach((name, properties) -> {
			PresetStrategy strategy = PresetStrategy.of(name, properties);
			List<String> row = new ArrayList<>(List.of(name));
			RUNS.keySet().forEach((rate) -> {
				Load load = RetriedCalls.play(strategy, rate, Math.max(FIVE_MINUTES, Math.min(30_000 / rate, DAY)),
						this.seed);
				row.add(number(load.sent(), 2) + " (" + number(100 * load.answered(), 0) + ")");
			});
			table.row(row);
		});
		this.page.append(table);
	}

	/** With the default, and in parentheses without a breaker. */
	private void otherCalls() {
		Map<Double, Integer> rates = new LinkedHashMap<>(RUNS);
		rates.keySet().removeIf((rate) -> rate > 50);
		MarkdownTable table = new MarkdownTable(head("seconds (no breaker)", rates.keySet()));
		for (Mix mix : Mix.ALL) {
			this.progress.println("Other calls: " + mix.name());
			List<String> row = new ArrayList<>(List.of(mix.name()));
			rates.forEach((rate, runs) -> {
				Scores scores = Scores.of(List.of(Strategies.DEFAULT, Strategies.NONE), Incident.ALL, mix.at(rate),
						this.seed, runs);
				row.add(number(scores.meanRegret(Strategies.DEFAULT.name()), 0) + " ("
						+ number(scores.meanRegret(Strategies.NONE.name()), 0) + ")");
			});
			table.row(row);
		}
		this.page.append(table);
	}

	private void incidents(double rate, Scores scores) {
		List<String> head = new ArrayList<>(List.of("seconds, at " + rate(rate)));
		this.strategies.forEach((strategy) -> head.add(strategy.name()));
		MarkdownTable table = new MarkdownTable(head);
		for (Incident incident : Incident.ALL) {
			List<String> row = new ArrayList<>(List.of(incident.rated() ? incident.name() : incident.name() + " *"));
			this.strategies.forEach((strategy) -> row.add(number(scores.get(strategy.name(), incident).regret(), 0)));
			table.row(row);
		}
		this.page.append("\n").append(table);
	}

	private static List<String> head(String unit, Set<Double> rates) {
		List<String> head = new ArrayList<>(List.of(unit));
		rates.forEach((rate) -> head.add(rate(rate)));
		return head;
	}

	private static String rate(double rate) {
		return (rate < 1) ? rate + "/s" : (int) rate + "/s";
	}

	private static String number(double value, int digits) {
		String text = String.format(Locale.ROOT, "%." + digits + "f", value);
		return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
	}

	private static String sentence(String text) {
		return Character.toUpperCase(text.charAt(0)) + text.substring(1);
	}

	/**
	 * What is rejected of healthy traffic, at each rate.
	 *
	 * @param days row of the table
	 * @param starts row of the table of starts
	 */
	private record Healthy(List<String> days, List<String> starts) {
	}

}
