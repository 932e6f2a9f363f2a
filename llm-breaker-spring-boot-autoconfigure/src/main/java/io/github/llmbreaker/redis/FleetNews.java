// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.Objects;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.SharedState;
import org.jspecify.annotations.Nullable;

/**
 * What instances tell each other, as one line of fields between tabs. The name comes last
 * and may hold anything but control characters.
 */
sealed interface FleetNews {

	/**
	 * Reads a line.
	 * @param line the line
	 * @return what it says; {@code null} if it is from a later release and makes no sense
	 * here
	 */
	static @Nullable FleetNews parse(String line) {
		try {
			String[] fields = line.split("\t", -1);
			return switch (fields[0]) {
				case "S" -> Changed.of(fields);
				case "P" -> new Probing(fields[3], fields[2], Duration.ofMillis(Long.parseLong(fields[1])));
				case "F" -> new Failing(fields[2], fields[1]);
				default -> null;
			};
		}
		catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
			return null;
		}
	}

	/** Returns the name of the breaker it is about. */
	String name();

	/** Returns the instance that tells it. */
	String instance();

	/**
	 * A breaker has changed.
	 *
	 * @param name its name
	 * @param version the version of the fleet by then
	 * @param state its state
	 * @param instance who has found out
	 */
	record Changed(String name, long version, SharedState state, String instance) implements FleetNews {

		private static Changed of(String[] fields) {
			long millis = Long.parseLong(fields[2]);
			BreakerState state = BreakerState.valueOf(fields[3]);
			Duration remaining = (millis >= 0 && state != BreakerState.CLOSED) ? Duration.ofMillis(millis) : null;
			OutcomeKind kind = fields[4].isEmpty() ? null : OutcomeKind.valueOf(fields[4]);
			Integer status = fields[5].isEmpty() ? null : Integer.valueOf(fields[5]);
			return new Changed(fields[9], Long.parseLong(fields[1]),
					new SharedState(state, remaining, kind, status, "1".equals(fields[6]), Integer.parseInt(fields[7])),
					fields[8]);
		}

		/** Returns the part of a line that says why. */
		static String reasonOf(SharedState state) {
			return String.join("\t", (state.kind() != null) ? state.kind().name() : "",
					Objects.toString(state.status(), ""), state.inStream() ? "1" : "0",
					String.valueOf(state.reopenings()));
		}

	}

	/**
	 * An instance may probe.
	 *
	 * @param name the name of the breaker
	 * @param instance the instance
	 * @param lease for how long the others stay open
	 */
	record Probing(String name, String instance, Duration lease) implements FleetNews {
	}

	/**
	 * An instance has failures: the others are to tell of their calls.
	 *
	 * @param name the name of the breaker
	 * @param instance the instance
	 */
	record Failing(String name, String instance) implements FleetNews {
	}

}
