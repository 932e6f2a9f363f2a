// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

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

	private static final int MAX_DIGITS = 17;

	private static final long SECOND = 1_000_000_000L;

	private static final Map<String, Long> UNIT_NANOS = Map.ofEntries(Map.entry("ns", 1L), Map.entry("us", 1_000L),
			Map.entry("µs", 1_000L), Map.entry("ms", 1_000_000L), Map.entry("millisecond", 1_000_000L),
			Map.entry("s", 1_000_000_000L), Map.entry("sec", 1_000_000_000L), Map.entry("second", 1_000_000_000L),
			Map.entry("m", 60_000_000_000L), Map.entry("min", 60_000_000_000L), Map.entry("minute", 60_000_000_000L),
			Map.entry("h", 3_600_000_000_000L), Map.entry("hr", 3_600_000_000_000L),
			Map.entry("hour", 3_600_000_000_000L), Map.entry("d", 86_400_000_000_000L),
			Map.entry("day", 86_400_000_000_000L));

	private Durations() {
	}

	/** Reads a number of seconds, maybe with a fraction; what is negative is zero. */
	static @Nullable Duration ofSeconds(@Nullable String text) {
		return ofNumber(text, 1_000_000_000L);
	}

	/** Reads a number of milliseconds; what is negative is zero. */
	static @Nullable Duration ofMillis(@Nullable String text) {
		return ofNumber(text, 1_000_000L);
	}

	private static @Nullable Duration ofNumber(@Nullable String text, long unitNanos) {
		if (text == null) {
			return null;
		}
		String number = text.strip();
		boolean negative = number.startsWith("-");
		int start = (negative || number.startsWith("+")) ? 1 : 0;
		int end = endOfNumber(number, start);
		if (end == start || end != number.length()) {
			return null;
		}
		return negative ? Duration.ZERO : of(number.substring(start, end), unitNanos);
	}

	private static @Nullable Duration of(String number, long unitNanos) {
		int point = number.indexOf('.');
		int end = (point < 0) ? number.length() : point;
		int start = 0;
		while (start < end && number.charAt(start) == '0') {
			start++;
		}
		if (end - start > MAX_DIGITS) {
			return MAX;
		}
		long whole = (start < end) ? Long.parseLong(number, start, end, 10) : 0;
		long billionths = (point < 0) ? 0 : billionths(number, point + 1);
		return (unitNanos >= SECOND) ? ofLong(whole, billionths, unitNanos / SECOND)
				: ofShort(whole, billionths, unitNanos);
	}

	private static long billionths(String number, int from) {
		long fraction = 0;
		for (int i = 0; i < 9; i++) {
			int at = from + i;
			fraction = fraction * 10 + ((at < number.length()) ? number.charAt(at) - '0' : 0);
		}
		return fraction;
	}

	private static Duration ofLong(long whole, long billionths, long unitSeconds) {
		if (whole >= MAX.toSeconds() / unitSeconds) {
			return MAX;
		}
		return Duration.ofSeconds(whole * unitSeconds).plusNanos(billionths * unitSeconds);
	}

	private static Duration ofShort(long whole, long billionths, long unitNanos) {
		long parts = SECOND / unitNanos;
		Duration duration = Duration.ofSeconds(whole / parts, whole % parts * unitNanos);
		return min(duration.plusNanos(Math.round(billionths / (double) parts)));
	}

	/** Returns where a number without sign ends. */
	static int endOfNumber(String text, int from) {
		int i = from;
		boolean fraction = false;
		while (i < text.length()) {
			char c = text.charAt(i);
			boolean point = c == '.' && !fraction && i + 1 < text.length() && isDigit(text.charAt(i + 1));
			if (!isDigit(c) && !point) {
				return i;
			}
			fraction |= point;
			i++;
		}
		return i;
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/**
	 * Reads numbers with units, such as {@code 7.66s}, {@code 2m59.56s} or
	 * {@code 1 hour 30 minutes}.
	 * @param text the text; {@code null} reads as nothing
	 * @return the sum, {@code null} unless it starts with a number and a unit
	 */
	static @Nullable Duration parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		Duration sum = null;
		int i = skipBlanks(text, 0);
		while (true) {
			int numberEnd = endOfNumber(text, i);
			int unitStart = skipBlanks(text, numberEnd);
			int unitEnd = endOfWord(text, unitStart);
			Long unit = (numberEnd > i) ? unit(text.substring(unitStart, unitEnd)) : null;
			Duration part = (unit != null) ? of(text.substring(i, numberEnd), unit) : null;
			if (part == null) {
				return sum;
			}
			sum = (sum != null) ? min(sum.plus(part)) : part;
			i = skipBlanks(text, unitEnd);
		}
	}

	private static int skipBlanks(String text, int from) {
		int i = from;
		while (i < text.length() && text.charAt(i) == ' ') {
			i++;
		}
		return i;
	}

	private static int endOfWord(String text, int from) {
		int i = from;
		while (i < text.length() && Character.isLetter(text.charAt(i))) {
			i++;
		}
		return i;
	}

	private static @Nullable Long unit(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		Long unit = UNIT_NANOS.get(lower);
		boolean plural = unit == null && lower.length() > 3 && lower.endsWith("s");
		return plural ? UNIT_NANOS.get(lower.substring(0, lower.length() - 1)) : unit;
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
