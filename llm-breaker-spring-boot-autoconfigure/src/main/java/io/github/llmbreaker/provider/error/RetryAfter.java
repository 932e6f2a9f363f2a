// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers {@code Retry-After} and {@code retry-after-ms}.
 */
final class RetryAfter {

	private static final int MAX_LENGTH = 64;

	private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
			DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
			DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC),
			DateTimeFormatter.ISO_DATE_TIME);

	private RetryAfter() {
	}

	/**
	 * Reads both; milliseconds win if they are positive.
	 * @param headers the headers of an error
	 * @param clock the clock for dates
	 * @return the time to wait: zero for a date that is over and for what is not
	 * positive, {@code null} if there is none or it can't be read
	 */
	static @Nullable Duration read(HeaderLookup headers, InstantSource clock) {
		Duration millis = Durations.ofMillis(headers.first("retry-after-ms"));
		if (millis != null && !millis.isZero()) {
			return millis;
		}
		String value = headers.first("retry-after");
		Duration seconds = Durations.ofSeconds(value);
		if (seconds == null && value != null && value.length() <= MAX_LENGTH) {
			seconds = date(value.strip(), clock);
		}
		return (seconds != null) ? seconds : millis;
	}

	private static @Nullable Duration date(String value, InstantSource clock) {
		for (DateTimeFormatter format : DATES) {
			try {
				return Durations.until(format.parse(value, Instant::from), clock.instant());
			}
			catch (DateTimeException ex) {
				// another format, or none
			}
		}
		return null;
	}

}
