// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WaitHints} and {@link Durations}.
 */
class WaitHintsTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-10-20T12:00:00Z"));

	@Test
	void withoutHeaderThereIsNoHint() {
		assertThat(read(null, null)).isNull();
	}

	@ParameterizedTest(name = "retry-after-ms={0}, retry-after={1} is {2} ms")
	@CsvSource({ "2500, , 2500", "'  2500 ', , 2500", ", ' 60  ', 60000", "-5, , 0", ", 60, 60000", ", 0, 0", ", -7, 0",
			"1500, 60, 1500", "soon, 60, 60000", "0, 60, 60000", "0, 0, 0", "soon, later, ", "-5, 7, 7000",
			"1500.25, , 1500", ", 1.234, 1234", ", +3, 3000", ", 1e3, ", ", NaN, ", ", 0x10, ", ", '', ", ", '.', ",
			", 1., ", ", '1,5', ", ", 5s, " })
	@DisplayName("milliseconds before seconds, nothing negative, garbage ignored")
	void readsNumbers(@Nullable String millis, @Nullable String seconds, @Nullable Long expected) {
		Duration hint = read(millis, seconds);
		assertThat((hint != null) ? hint.toMillis() : null).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Tue, 20 Oct 2026 12:01:30 GMT", "Tuesday, 20-Oct-26 12:01:30 GMT",
			"Tue Oct 20 12:01:30 2026", "2026-10-20T12:01:30Z", "2026-10-20T14:01:30+02:00" })
	void dateMeansTheTimeUntilThen(String date) {
		assertThat(read(null, date)).isEqualTo(Duration.ofSeconds(90));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Tue, 20 Oct 2026 11:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT" })
	void dateThatIsOverIsZero(String date) {
		assertThat(read(null, date)).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Mon, 20 Oct 2026 12:01:30 GMT", "Tue, 32 Oct 2026 12:01:30 GMT", "tomorrow", "12:00",
			"2026-10-20" })
	void dateThatIsNoneIsIgnored(String date) {
		assertThat(read(null, date)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1000000000000", "99999999999999999999999", "9999999999999999999999999999999999999999999",
			"Fri, 31 Dec 9999 23:59:59 GMT" })
	void hugeValuesDoNotOverflow(String value) {
		assertThat(read(null, value)).isNotNull().isBetween(Duration.ofDays(365), Durations.MAX);
		assertThat(read(value, null)).satisfiesAnyOf((hint) -> assertThat(hint).isNull(),
				(hint) -> assertThat(hint).isLessThanOrEqualTo(Durations.MAX));
	}

	@ParameterizedTest
	@CsvSource({ "7.66s, 7660", "2m59.56s, 179560", "120ms, 120", "6m0s, 360000", "1h, 3600000", "1d, 86400000",
			"34.074824224s, 34075", "1 hour 30 minutes, 5400000", "20 seconds, 20000", "2 mins, 120000",
			"9h54m12s, 35652000", "8.64s., 8640", "s, ", "7, ", "7 apples, ", "-7s, ", "'', " })
	void readsUnits(String text, @Nullable Long expected) {
		Duration duration = Durations.parse(text);
		assertThat((duration != null) ? Math.round(duration.toNanos() / 1e6) : null).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			please try again in 7.66s. need more tokens? | 7660
			try again in 16m32.64s. | 992640
			please try again in 20 seconds. | 20000
			please retry after 6 seconds. please go here | 6000
			rate limit of 8000 per 60s exceeded. please wait 33 seconds before retrying. | 33000
			please retry in 10h17m5.7s. | 37025700
			quota will be replenished in 07:01:20. | 25280000
			quota will be replenished in 20.09:58:55. | 1763935000
			try again in about 2 minutes | 120000
			try again later, or retry in 5s | 5000
			please try again in a few minutes |
			try again in 12:30 |
			wait |
			please try again in |
			""")
	void readsProse(String message, @Nullable Long expected) {
		Duration duration = WaitHints.phrase(message);
		assertThat((duration != null) ? duration.toMillis() : null).isEqualTo(expected);
	}

	private static @Nullable Duration read(@Nullable String millis, @Nullable String seconds) {
		Map<String, String> headers = new TreeMap<>();
		if (millis != null) {
			headers.put("retry-after-ms", millis);
		}
		if (seconds != null) {
			headers.put("retry-after", seconds);
		}
		return WaitHints.retryAfter(headers::get, CLOCK);
	}

}
