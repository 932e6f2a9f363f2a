// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Why a breaker is open, for people.
 *
 * @param failures those that opened it, oldest first; none if no failure of this instance
 * did
 * @param probe the last probe that failed since then; {@code null} if none did
 */
record OpeningReasons(List<BreakerEvent> failures, @Nullable BreakerEvent probe) {

	static final OpeningReasons NONE = new OpeningReasons(List.of(), null);

	List<BreakerEvent> all() {
		return (this.probe != null) ? Stream.concat(this.failures.stream(), Stream.of(this.probe)).toList()
				: this.failures;
	}

	/** Says it in one sentence such as "5 of 7 calls got 529 (OVERLOADED) within 2 s". */
	@Nullable String sentence(@Nullable OutcomeKind openedBy, BreakerSnapshot.Window window) {
		if (this.failures.isEmpty()) {
			return withoutFailures(openedBy, window);
		}
		return share(window) + what() + span() + hint() + reopened();
	}

	private static @Nullable String withoutFailures(@Nullable OutcomeKind openedBy, BreakerSnapshot.Window window) {
		if (openedBy == null) {
			return null;
		}
		return (window.slowCallRate() > 0)
				? "%s %% of %d calls were too slow".formatted(number(window.slowCallRate()), window.calls())
				: "Opened after " + openedBy;
	}

	private String share(BreakerSnapshot.Window window) {
		int failed = Math.max(window.failures(), this.failures.size());
		String calls = (failed == 1) ? "call" : "calls";
		return (window.calls() > failed) ? "%d of %d calls".formatted(failed, window.calls())
				: "%d %s".formatted(failed, calls);
	}

	private String what() {
		Map<String, Integer> kinds = new LinkedHashMap<>();
		this.failures.forEach((failure) -> kinds.merge(name(failure), 1, Integer::sum));
		if (kinds.size() == 1) {
			return " got " + kinds.keySet().iterator().next();
		}
		return kinds.entrySet()
			.stream()
			.map((kind) -> kind.getKey() + " x" + kind.getValue())
			.collect(Collectors.joining(", ", " failed (", ")"));
	}

	private String span() {
		Duration span = Duration.between(this.failures.get(0).at(), this.failures.get(this.failures.size() - 1).at());
		return (this.failures.size() > 1) ? " within " + time(span.isNegative() ? Duration.ZERO : span) : "";
	}

	private String hint() {
		return all().stream()
			.map(BreakerEvent::retryAfter)
			.filter(Objects::nonNull)
			.reduce((first, last) -> last)
			.map((last) -> "; last hint " + time(last))
			.orElse("");
	}

	private String reopened() {
		return (this.probe != null) ? "; the last probe got " + name(this.probe) : "";
	}

	private static String name(BreakerEvent failure) {
		return (failure.status() != null) ? failure.status() + " (" + failure.kind() + ")" : failure.kind() + "";
	}

	static String time(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds >= 120) {
			return (seconds >= 7200) ? duration.toHours() + " h" : duration.toMinutes() + " min";
		}
		return (seconds >= 10) ? seconds + " s" : number(duration.toMillis() / 1000.0) + " s";
	}

	private static String number(double value) {
		double rounded = Math.round(value * 10) / 10.0;
		return (rounded == Math.rint(rounded)) ? Long.toString((long) rounded)
				: String.format(Locale.ROOT, "%.1f", rounded);
	}

}
