// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is sent at once: all that is to be told about one provider.
 *
 * @param settings what is told
 * @param provider the provider's id
 * @param alerts one for each of its breakers that changed
 */
record AlertMessage(AlertSettings settings, String provider, List<Alert> alerts) {

	/** Says what happened in one line. */
	String title() {
		if (this.alerts.size() == 1) {
			return title(this.alerts.get(0));
		}
		long closed = this.alerts.stream().filter((alert) -> alert.state() == BreakerState.CLOSED).count();
		long others = this.alerts.size() - closed;
		String of = this.provider + ": ";
		if (others == 0) {
			return of + closed + " breakers are closed again";
		}
		return of + others + ((others == 1) ? " breaker " : " breakers ") + be(others) + "open"
				+ ((closed > 0) ? ", " + closed + " closed again" : "");
	}

	private String be(long number) {
		return this.settings.observing() ? "would be " : (number == 1) ? "is " : "are ";
	}

	String title(Alert alert) {
		return alert.name() + event(alert);
	}

	/** Says what happened, to be read after the breaker's name. */
	String event(Alert alert) {
		String is = this.settings.observing() ? " would be " : " is ";
		return switch (alert.state()) {
			case OPEN -> is + "open";
			case FORCED_OPEN -> is + "forced open";
			case HALF_OPEN -> is + "half-open";
			case DISABLED -> " is disabled";
			case CLOSED -> " is closed again" + after(alert.change().outage());
		};
	}

	/** Says why, until when and what it spared. */
	String details(Alert alert) {
		StringBuilder details = new StringBuilder();
		String cause = alert.outage().cause();
		if (cause != null) {
			details.append(cause).append('.');
		}
		Instant until = alert.until();
		if (until != null) {
			details.append(" Probes at ").append(until.truncatedTo(ChronoUnit.SECONDS)).append('.');
		}
		BreakerSnapshot.Spared spared = alert.spared();
		if (spared.calls() > 0) {
			details.append(" Spared ").append(spared.calls()).append((spared.calls() == 1) ? " call" : " calls");
			details.append(spared.time().toMillis() > 0 ? " and " + time(spared.time()) + " of waiting." : ".");
		}
		if (alert.changes() > 1) {
			details.append(" Changed ").append(alert.changes()).append(" times since the last message.");
		}
		return details.toString().trim();
	}

	/** Returns where to look; {@code null} if that is not known. */
	@Nullable String link(Alert alert) {
		String page = this.settings.pageUrl();
		// what a form would write as a plus is a space of its own in a fragment
		return (page != null) ? page + "#" + URLEncoder.encode(alert.name(), StandardCharsets.UTF_8).replace("+", "%20")
				: null;
	}

	private static String after(@Nullable Duration outage) {
		return (outage != null) ? " after " + time(outage) : "";
	}

	private static String time(Duration duration) {
		double seconds = duration.toMillis() / 1000.0;
		return (seconds < 120) ? String.format(Locale.ROOT, "%.1f s", seconds) : duration.toMinutes() + " min";
	}

}
