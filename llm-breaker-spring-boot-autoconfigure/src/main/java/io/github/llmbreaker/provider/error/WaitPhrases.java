// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds how long to wait in what an error tells people.
 */
final class WaitPhrases {

	private static final List<String> LEADS = List.of("try again in ", "retry in ", "retry after ", "try again after ",
			"replenished in ", "wait for ", "wait ");

	private static final String ABOUT = "about ";

	private static final int MAX_NUMBERS = 4;

	private WaitPhrases() {
	}

	/**
	 * Finds the first duration that follows such words.
	 * @param message the message in lower case
	 * @return the duration, {@code null} if there is none
	 */
	static @Nullable Duration find(String message) {
		for (String lead : LEADS) {
			int at = message.indexOf(lead);
			while (at >= 0) {
				Duration duration = read(message, at + lead.length());
				if (duration != null) {
					return duration;
				}
				at = message.indexOf(lead, at + 1);
			}
		}
		return null;
	}

	private static @Nullable Duration read(String message, int at) {
		int start = message.startsWith(ABOUT, at) ? at + ABOUT.length() : at;
		String rest = message.substring(start, Math.min(message.length(), start + 64));
		Duration clock = clockTime(rest);
		return (clock != null) ? clock : Durations.parse(rest);
	}

	/** Reads {@code hh:mm:ss}, maybe with days and a point before it. */
	private static @Nullable Duration clockTime(String text) {
		long[] numbers = new long[MAX_NUMBERS];
		StringBuilder separators = new StringBuilder();
		int i = 0;
		for (int n = 0; n < MAX_NUMBERS; n++) {
			int end = i;
			while (end < text.length() && end - i < 6 && Character.isDigit(text.charAt(end))) {
				end++;
			}
			if (end == i) {
				return null;
			}
			numbers[n] = Long.parseLong(text.substring(i, end));
			char separator = (end < text.length()) ? text.charAt(end) : ' ';
			if (separator != ':' && (separator != '.' || n > 0)) {
				break;
			}
			separators.append(separator);
			i = end + 1;
		}
		return switch (separators.toString()) {
			case "::" -> time(0, numbers[0], numbers[1], numbers[2]);
			case ".::" -> time(numbers[0], numbers[1], numbers[2], numbers[3]);
			default -> null;
		};
	}

	private static Duration time(long days, long hours, long minutes, long seconds) {
		return Duration.ofDays(days).plusHours(hours).plusMinutes(minutes).plusSeconds(seconds);
	}

}
