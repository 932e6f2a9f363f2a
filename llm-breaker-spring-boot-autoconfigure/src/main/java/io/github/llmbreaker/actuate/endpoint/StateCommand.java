// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.Breaker;
import org.jspecify.annotations.Nullable;

import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringUtils;

/**
 * An operator's wish to have a breaker in a certain state.
 *
 * @param state the state; never open, which is up to the breaker
 * @param duration for how long; {@code null}: until told otherwise
 */
record StateCommand(BreakerState state, @Nullable Duration duration) {

	/** The states that can be asked for. */
	static final List<String> STATES = List.of("FORCED_OPEN", "CLOSED", "DISABLED", "HALF_OPEN");

	private static final Duration MAX_DURATION = Duration.ofDays(365);

	/**
	 * Understands what an operator sent.
	 * @param state the name of the state
	 * @param duration the duration such as {@code PT10M} or {@code 10m}
	 * @return the command
	 * @throws IllegalArgumentException if it says nothing sensible, with a message that
	 * tells what is allowed
	 */
	static StateCommand parse(@Nullable String state, @Nullable String duration) {
		BreakerState parsedState = parseState(state);
		if (!StringUtils.hasText(duration)) {
			return new StateCommand(parsedState, null);
		}
		if (parsedState != BreakerState.FORCED_OPEN) {
			throw new IllegalArgumentException("'duration' is allowed for FORCED_OPEN only");
		}
		return new StateCommand(parsedState, parseDuration(duration.trim()));
	}

	void applyTo(Breaker breaker) {
		switch (this.state) {
			case FORCED_OPEN -> breaker.forceOpen(this.duration);
			case CLOSED -> breaker.close();
			case DISABLED -> breaker.disable();
			case HALF_OPEN -> breaker.halfOpen();
			case OPEN -> throw new IllegalStateException("Only the breaker itself opens");
		}
	}

	private static BreakerState parseState(@Nullable String state) {
		String name = (state != null) ? state.trim().toUpperCase(Locale.ROOT).replace('-', '_') : "";
		if (!STATES.contains(name)) {
			throw new IllegalArgumentException("'state' must be one of " + String.join(", ", STATES));
		}
		return BreakerState.valueOf(name);
	}

	private static Duration parseDuration(String text) {
		Duration duration = null;
		try {
			// a bare number would be milliseconds for one and seconds for another
			duration = Character.isDigit(text.charAt(text.length() - 1)) ? null
					: DurationFormatterUtils.detectAndParse(text);
		}
		catch (IllegalArgumentException | DateTimeParseException | ArithmeticException ex) {
			// answered below
		}
		if (duration == null || duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
			throw new IllegalArgumentException(
					"'duration' must be positive and at most 365 days, such as PT10M or 10m; without it the state "
							+ "stays until it is changed");
		}
		return duration;
	}

}
