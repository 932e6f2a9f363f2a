// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads durations as providers write them. Nothing here throws, overflows or returns
 * something negative.
 *
 * @since 0.1.0
 */
public final class Durations {

	/** More than thirty thousand years; what is longer is as good as this. */
	public static final Duration MAX = Duration.ofSeconds(1_000_000_000_000L);

	private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(MAX.toSeconds());

	/** What stands behind is no matter of size or sense any more. */
	private static final int MAX_LENGTH = 64;

	private static final String NUMBER = "(\\d+(?:\\.\\d+)?|\\.\\d+)";

	private static final Pattern SIGNED = Pattern.compile("([-+]?)" + NUMBER);

	private static final Pattern WITH_UNIT = Pattern.compile("\\G *" + NUMBER + " *(\\p{L}+)");

	private static final BigDecimal SECOND = BigDecimal.ONE;

	private static final BigDecimal MILLI = new BigDecimal("1e-3");

	private static final BigDecimal MICRO = new BigDecimal("1e-6");

	private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

	private static final BigDecimal HOUR = BigDecimal.valueOf(3_600);

	private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

	private static final Map<String, BigDecimal> UNITS = Map.ofEntries(Map.entry("ns", new BigDecimal("1e-9")),
			Map.entry("us", MICRO), Map.entry("µs", MICRO), Map.entry("ms", MILLI), Map.entry("millisecond", MILLI),
			Map.entry("s", SECOND), Map.entry("sec", SECOND), Map.entry("second", SECOND), Map.entry("m", MINUTE),
			Map.entry("min", MINUTE), Map.entry("minute", MINUTE), Map.entry("h", HOUR), Map.entry("hr", HOUR),
			Map.entry("hour", HOUR), Map.entry("d", DAY), Map.entry("day", DAY));

	private Durations() {
	}

	/** Reads a number of seconds, maybe with a fraction; what is negative is zero. */
	static @Nullable Duration ofSeconds(@Nullable String text) {
		return ofNumber(text, SECOND);
	}

	/** Reads a number of milliseconds; what is negative is zero. */
	static @Nullable Duration ofMillis(@Nullable String text) {
		return ofNumber(text, MILLI);
	}

	private static @Nullable Duration ofNumber(@Nullable String text, BigDecimal unit) {
		Matcher matcher = SIGNED.matcher((text != null) ? text.strip() : "");
		if (!matcher.matches()) {
			return null;
		}
		return matcher.group(1).equals("-") ? Duration.ZERO : of(matcher.group(2), unit);
	}

	private static Duration of(String number, BigDecimal unit) {
		// leading zeros are all that can be cut wrongly, and nobody writes so many
		BigDecimal seconds = new BigDecimal(number.substring(0, Math.min(MAX_LENGTH, number.length()))).multiply(unit);
		if (seconds.compareTo(MAX_SECONDS) >= 0) {
			return MAX;
		}
		BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
		return Duration.ofSeconds(parts[0].longValue(), parts[1].movePointRight(9).longValue());
	}

	/**
	 * Reads the sum of numbers with units, such as {@code 7.66s}, {@code 2m59.56s} or
	 * {@code 1 hour 30 minutes}; {@code null} unless it starts with such.
	 */
	static @Nullable Duration parse(@Nullable String text) {
		Duration sum = null;
		Matcher matcher = WITH_UNIT.matcher((text != null) ? text : "");
		while (matcher.find()) {
			BigDecimal unit = unit(matcher.group(2).toLowerCase(Locale.ROOT));
			if (unit == null) {
				return sum;
			}
			Duration part = of(matcher.group(1), unit);
			sum = (sum != null) ? min(sum.plus(part)) : part;
		}
		return sum;
	}

	private static @Nullable BigDecimal unit(String name) {
		BigDecimal unit = UNITS.get(name);
		boolean plural = unit == null && name.length() > 3 && name.endsWith("s");
		return plural ? UNITS.get(name.substring(0, name.length() - 1)) : unit;
	}

	/** Returns the time from now to an instant; zero if that is over. */
	static Duration until(Instant instant, Instant now) {
		Duration wait = Duration.between(now, instant);
		return wait.isNegative() ? Duration.ZERO : min(wait);
	}

	private static Duration min(Duration duration) {
		return (duration.compareTo(MAX) > 0) ? MAX : duration;
	}

}
