/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads durations as providers write them. Nothing here throws, overflows or returns
 * something negative.
 */
final class Durations {

	/** More than thirty thousand years; what is longer is as good as this. */
	static final Duration MAX = Duration.ofSeconds(1_000_000_000_000L);

	private static final int MAX_DIGITS = 40;

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
		if (number.length() > MAX_DIGITS || number.equals(".")) {
			return number.equals(".") ? null : MAX;
		}
		BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unitNanos));
		BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
		if (parts[0].compareTo(BigDecimal.valueOf(MAX.toSeconds())) >= 0) {
			return MAX;
		}
		return Duration.ofSeconds(parts[0].longValue(), parts[1].setScale(0, RoundingMode.HALF_UP).longValue());
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
