// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.llmbreaker.simulation.Traffic.Answers;

/**
 * Plays everything and writes the page.
 */
public final class SimulationCommand {

	private static final double TIMELINE_RATE = 2;

	private static final int TIMELINE_RUNS = 20;

	private static final int TIMELINE_PARTS = 160;

	private SimulationCommand() {
	}

	/**
	 * Runs the simulation.
	 * @param args the folder of the documentation, optionally the first seed
	 * @throws IOException if nothing can be written there
	 */
	public static void main(String[] args) throws IOException {
		Path docs = Path.of(args[0]);
		long seed = (args.length > 1) ? Long.parseLong(args[1]) : 1;
		Path images = docs.resolve("images").resolve("outages");
		Files.createDirectories(images);
		for (Incident incident : Incident.ALL) {
			System.out.println("Timeline: " + incident.name());
			Files.writeString(images.resolve(incident.id() + ".svg"), timeline(incident, seed));
		}
		OutagesPage page = new OutagesPage(Strategies.all(), seed,
				new PrintStream(System.out, true, StandardCharsets.UTF_8));
		Files.writeString(docs.resolve("outages.md"), page.write());
	}

	private static String timeline(Incident incident, long firstSeed) {
		Outage outage = Outage.of(Traffic.of(TIMELINE_RATE, Answers.SHORT), incident);
		double around = Math.max(20, Math.min(120, incident.seconds() / 2));
		double seconds = incident.seconds() + 2 * around;
		TimelinePlot plot = new TimelinePlot(incident.name() + " (2 calls a second, mean of 20 runs)", -around,
				incident.seconds() + around, incident.seconds());
		for (Strategy strategy : strategies()) {
			Timeline timeline = new Timeline(outage.before() - around, seconds, TIMELINE_PARTS);
			for (long seed = firstSeed; seed < firstSeed + TIMELINE_RUNS; seed++) {
				outage.play(strategy, seed, timeline);
			}
			plot.add(strategy.name(), timeline);
		}
		return plot.draw();
	}

	private static List<Strategy> strategies() {
		List<Strategy> all = Strategies.all();
		all.add(new Oracle());
		return all;
	}

}
