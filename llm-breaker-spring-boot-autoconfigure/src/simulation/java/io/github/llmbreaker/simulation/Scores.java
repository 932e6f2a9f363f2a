// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What became of all strategies in all incidents, with one kind of traffic.
 */
final class Scores {

	private final List<Incident> incidents;

	private final Map<String, Map<Incident, Score>> scores = new LinkedHashMap<>();

	private Scores(List<Incident> incidents) {
		this.incidents = incidents;
	}

	/**
	 * Plays everything.
	 * @param strategies the strategies
	 * @param incidents the incidents
	 * @param traffic the traffic
	 * @param firstSeed the first seed, the others follow
	 * @param runs how many runs of each
	 * @return the scores
	 */
	static Scores of(List<? extends Strategy> strategies, List<Incident> incidents, Traffic traffic, long firstSeed,
			int runs) {
		Scores scores = new Scores(incidents);
		for (Incident incident : incidents) {
			List<Verdicts> best = play(new Oracle(), traffic, incident, firstSeed, runs);
			List<List<Verdicts>> all = strategies.parallelStream()
				.map((strategy) -> play(strategy, traffic, incident, firstSeed, runs))
				.toList();
			Outage outage = Outage.of(traffic, incident);
			for (int i = 0; i < strategies.size(); i++) {
				Score score = scores.entry(strategies.get(i).name(), incident);
				for (int run = 0; run < runs; run++) {
					Verdicts verdicts = all.get(i).get(run);
					score.add(verdicts, outage.regret(verdicts, best.get(run)), incident);
				}
			}
		}
		return scores;
	}

	private static List<Verdicts> play(Strategy strategy, Traffic traffic, Incident incident, long firstSeed,
			int runs) {
		Outage outage = Outage.of(traffic, incident);
		return LongStream.range(firstSeed, firstSeed + runs).mapToObj((seed) -> outage.play(strategy, seed)).toList();
	}

	private Score entry(String strategy, Incident incident) {
		return this.scores.computeIfAbsent(strategy, (name) -> new LinkedHashMap<>())
			.computeIfAbsent(incident, (key) -> new Score());
	}

	Score get(String strategy, Incident incident) {
		return entry(strategy, incident);
	}

	/** Returns the mean regret over all incidents that are rated. */
	double meanRegret(String strategy) {
		return rated().mapToDouble((incident) -> get(strategy, incident).regret()).average().orElse(Double.NaN);
	}

	/** Returns how long it takes to notice a full outage. */
	double noticed(String strategy) {
		return fullOutages().mapToDouble((incident) -> get(strategy, incident).noticed()).average().orElse(Double.NaN);
	}

	/** Returns how often a full outage is not noticed. */
	double unnoticed(String strategy) {
		return fullOutages().mapToDouble((incident) -> get(strategy, incident).unnoticed())
			.average()
			.orElse(Double.NaN);
	}

	/** Returns the incident in which a strategy does worst compared with another one. */
	Incident worst(String strategy, String other) {
		return this.incidents.stream()
			.max(Comparator.comparingDouble((incident) -> excess(strategy, other, incident)))
			.orElseThrow();
	}

	/** Returns how much worse a strategy does than another one. */
	double excess(String strategy, String other, Incident incident) {
		return get(strategy, incident).regret() - get(other, incident).regret();
	}

	private Stream<Incident> rated() {
		return this.incidents.stream().filter(Incident::rated);
	}

	private Stream<Incident> fullOutages() {
		return this.incidents.stream().filter(Incident::isFullOutage);
	}

}
