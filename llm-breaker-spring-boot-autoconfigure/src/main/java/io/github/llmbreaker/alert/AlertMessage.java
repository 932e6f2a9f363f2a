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
import io.github.llmbreaker.breaker.FleetStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is sent at once: all that is to be told about one provider.
 *
 * @param settings what is told
 * @param provider the provider's id
 * @param alerts one for each of its breakers that changed
 * @param fleet the instances that it concerns; {@code null} if this one shares nothing
 */
record AlertMessage(AlertSettings settings, String provider, List<Alert> alerts, @Nullable FleetStatus fleet) {

	/**
	 * Returns what this instance has to tell. What several find out at the same moment is
	 * told by the one that the fleet takes for the first; who hears of nobody tells
	 * everything.
	 * @param known the fleet as of now; {@code null} if there is none
	 * @return the message, or {@code null} if others tell it
	 */
	@Nullable AlertMessage ofThisInstance(@Nullable FleetStatus known) {
		if (known == null) {
			return this;
		}
		List<Alert> ours = this.alerts.stream().filter((alert) -> !isToldElsewhere(alert, known)).toList();
		return ours.isEmpty() ? null : new AlertMessage(this.settings, this.provider, ours, known);
	}

	private static boolean isToldElsewhere(Alert alert, FleetStatus fleet) {
		String first = fleet.openedBy().get(alert.name());
		return fleet.connected() && alert.state() == BreakerState.OPEN && first != null
				&& !first.equals(fleet.instance());
	}

	/** Says who tells it, to be read after the name of the application. */
	String teller() {
		if (this.fleet == null) {
			return "";
		}
		return ", instance " + this.fleet.instance()
				+ (this.fleet.connected() ? " of " + this.fleet.instances().size() : ", not connected to its fleet");
	}

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
