// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.provider.HeaderLookup;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how long a provider asks to wait. The most deliberate source wins: headers
 * made for it, then the body, then the reset of the limit that is used up, then prose.
 */
final class WaitHints {

	private static final int MAX_DATE = 64;

	private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
			DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
			DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC),
			DateTimeFormatter.ISO_DATE_TIME);

	private static final String SINGLE = "x-ratelimit-reset";

	private static final List<Limit> LIMITS = Stream
		.of("x-ratelimit-%s-requests", "x-ratelimit-%s-tokens", "anthropic-ratelimit-requests-%s",
				"anthropic-ratelimit-tokens-%s", "anthropic-ratelimit-input-tokens-%s",
				"anthropic-ratelimit-output-tokens-%s", "x-ratelimit-%s")
		.map((name) -> new Limit(name.formatted("remaining"), name.formatted("reset")))
		.toList();

	/**
	 * Smaller numbers are seconds from now, larger ones seconds or milliseconds of time.
	 */
	private static final long FIRST_EPOCH_SECOND = 1_000_000_000L;

	private static final long FIRST_EPOCH_MILLI = 100_000_000_000L;

	private static final int MAX_EPOCH_DIGITS = 15;

	private static final List<String> LEADS = List.of("try again in ", "retry in ", "retry after ", "try again after ",
			"replenished in ", "wait for ", "wait ", "resets in ", "reset in ");

	private static final List<String> INSTANT_LEADS = List.of("resets at ", "reset at ");

	private static final String ABOUT = "about ";

	private static final int MAX_PHRASE = 64;

	/** Hours, minutes and seconds, maybe with days before them. */
	private static final Pattern CLOCK_TIME = Pattern
		.compile("(?:(\\d{1,6})\\.)?(\\d{1,6}):(\\d{1,6}):(\\d{1,6}+)(?!:)");

	private WaitHints() {
	}

	/** Finds the hint of an error, never negative; {@code null} without one. */
	static @Nullable Duration find(ErrorFacts facts, Verdict verdict) {
		Duration hint = retryAfter(facts.head().headers(), facts.head().clock());
		hint = (hint != null) ? hint : structured(facts);
		if (hint == null && verdict.kind() == OutcomeKind.RATE_LIMITED && facts.head().status() >= 300) {
			hint = reset(facts);
		}
		if (hint == null && isWaiting(verdict.kind())) {
			hint = phrase(facts.message());
			hint = (hint != null) ? hint : instant(facts.message(), facts.head().clock());
		}
		return hint;
	}

	private static boolean isWaiting(OutcomeKind kind) {
		return switch (kind) {
			case RATE_LIMITED, OVERLOADED, QUOTA_EXHAUSTED, SERVER_ERROR, TIMEOUT, STREAM_ERROR -> true;
			case SUCCESS, AUTH, PERMISSION, CONNECT_ERROR, CLIENT_ERROR, MODEL_NOT_FOUND, CONTEXT_LENGTH,
					CONTENT_FILTERED, CANCELLED ->
				false;
		};
	}

	/**
	 * Reads {@code Retry-After} and {@code retry-after-ms}; milliseconds win if they are
	 * positive. What is over or negative is zero, what can't be read {@code null}.
	 */
	static @Nullable Duration retryAfter(HeaderLookup headers, InstantSource clock) {
		Duration millis = Durations.ofMillis(headers.first("retry-after-ms"));
		if (millis != null && !millis.isZero()) {
			return millis;
		}
		String value = headers.first("retry-after");
		Duration seconds = Durations.ofSeconds(value);
		if (seconds == null && value != null && value.length() <= MAX_DATE) {
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

	private static @Nullable Duration structured(ErrorFacts facts) {
		Duration delay = Durations.parse(facts.text(AnswerFields.DELAY));
		for (String place : AnswerFields.WAITS) {
			delay = (delay != null) ? delay : Durations.ofSeconds(facts.text(place));
		}
		return delay;
	}

	/** Reads the reset of what is used up; if several are, the last to come back. */
	private static @Nullable Duration reset(ErrorFacts facts) {
		String own = facts.text(AnswerFields.RESET);
		Duration longest = (own != null) ? wait(own.strip(), facts.head().clock().instant()) : null;
		for (Limit limit : LIMITS) {
			String reset = facts.header(limit.reset());
			String remaining = (reset != null) ? facts.header(limit.remaining()) : null;
			if (reset != null && ((remaining != null) ? isUsedUp(remaining) : limit.reset().equals(SINGLE))) {
				Duration wait = wait(reset.strip(), facts.head().clock().instant());
				longest = (wait != null && (longest == null || wait.compareTo(longest) > 0)) ? wait : longest;
			}
		}
		return longest;
	}

	private static boolean isUsedUp(String remaining) {
		Duration number = Durations.ofSeconds(remaining);
		return (number != null) ? number.isZero() : remaining.startsWith("-");
	}

	private static @Nullable Duration wait(String reset, Instant now) {
		Duration number = Durations.ofSeconds(reset);
		if (number != null) {
			return (number.toSeconds() < FIRST_EPOCH_SECOND) ? number : epoch(reset, now);
		}
		if (reset.indexOf('T') > 0) {
			try {
				return Durations.until(Instant.parse(reset), now);
			}
			catch (DateTimeParseException ex) {
				return null;
			}
		}
		return Durations.parse(reset);
	}

	private static @Nullable Duration epoch(String reset, Instant now) {
		int end = Math.min(reset.length(), MAX_EPOCH_DIGITS);
		try {
			long value = Long.parseLong(reset, 0, end, 10);
			Instant instant = (value < FIRST_EPOCH_MILLI) ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value);
			return Durations.until(instant, now);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/** Finds the first duration in what an error tells people; in lower case. */
	static @Nullable Duration phrase(String message) {
		for (String lead : LEADS) {
			for (int at = message.indexOf(lead); at >= 0; at = message.indexOf(lead, at + 1)) {
				int start = at + lead.length();
				start += message.startsWith(ABOUT, start) ? ABOUT.length() : 0;
				String rest = message.substring(start, Math.min(message.length(), start + MAX_PHRASE));
				Matcher clock = CLOCK_TIME.matcher(rest);
				Duration duration = clock.lookingAt() ? clockTime(clock) : Durations.parse(rest);
				if (duration != null) {
					return duration;
				}
			}
		}
		return null;
	}

	private static @Nullable Duration instant(String message, InstantSource clock) {
		for (String lead : INSTANT_LEADS) {
			int at = message.indexOf(lead);
			int start = at + lead.length();
			int end = message.indexOf('z', Math.max(0, start));
			if (at >= 0 && end > start && end - start < MAX_DATE) {
				try {
					String instant = message.substring(start, end + 1).toUpperCase(Locale.ROOT);
					return Durations.until(Instant.parse(instant), clock.instant());
				}
				catch (DateTimeParseException ex) {
					// a time without a zone, or none
				}
			}
		}
		return null;
	}

	private static Duration clockTime(Matcher time) {
		long days = (time.group(1) != null) ? Long.parseLong(time.group(1)) : 0;
		return Duration.ofDays(days)
			.plusHours(Long.parseLong(time.group(2)))
			.plusMinutes(Long.parseLong(time.group(3)))
			.plusSeconds(Long.parseLong(time.group(4)));
	}

	/** The headers of one limit. */
	private record Limit(String remaining, String reset) {
	}

}
