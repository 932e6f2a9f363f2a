// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Plays fleets and writes the results into their page.
 */
public final class FleetSimulationCommand {

	private FleetSimulationCommand() {
	}

	/**
	 * Runs the simulation.
	 * @param args the folder of the documentation, optionally the first seed
	 * @throws IOException if nothing can be written there
	 */
	public static void main(String[] args) throws IOException {
		beQuiet();
		Path file = Path.of(args[0]).resolve("fleet.md");
		long seed = (args.length > 1) ? Long.parseLong(args[1]) : 1;
		FleetPage page = new FleetPage(seed, new PrintStream(System.out, true, StandardCharsets.UTF_8));
		Files.writeString(file, page.write(Files.readString(file)));
	}

	/** Who loses Redis says so, and here many do. */
	static void beQuiet() {
		LoggingSystem logging = LoggingSystem.get(FleetSimulationCommand.class.getClassLoader());
		logging.setLogLevel("org.springframework", LogLevel.WARN);
		logging.setLogLevel("io.github.llmbreaker", LogLevel.OFF);
	}

}
