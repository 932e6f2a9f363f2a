// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import io.github.llmbreaker.breaker.BreakerEvent;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.provider.json.JsonEscape;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message as JSON with everything there is to say.
 */
final class WebhookBody {

	private final StringJoiner members = new StringJoiner(",", "{", "}");

	private WebhookBody() {
	}

	static String write(AlertMessage message) {
		return new WebhookBody().add("text", message.title())
			.add("application", message.settings().application())
			.add("provider", message.provider())
			.add("mode", message.settings().observing() ? "OBSERVE" : "ENFORCE")
			.addRaw("fleet", write(message.fleet()))
			.addRaw("alerts", array(message.alerts().stream().map((alert) -> write(message, alert)).toList()))
			.toString();
	}

	private static String write(AlertMessage message, Alert alert) {
		BreakerSnapshot.Spared spared = alert.spared();
		return new WebhookBody().add("breaker", alert.name())
			.add("scope", alert.breaker().scope().name())
			.add("provider", alert.breaker().provider())
			.add("endpoint", alert.breaker().endpoint())
			.add("model", alert.breaker().model())
			.add("from", alert.from().name())
			.add("state", alert.state().name())
			.add("at", text(alert.change().at()))
			.add("openedBy", name(alert.change().kind()))
			.addRaw("status", number(alert.change().status()))
			.add("cause", alert.outage().cause())
			.addRaw("why", array(alert.outage().why().stream().map(WebhookBody::write).toList()))
			.add("until", text(alert.until()))
			.addRaw("outageMillis", millis(alert.change().outage()))
			.addRaw("spared",
					new WebhookBody().addRaw("calls", number(spared.calls()))
						.addRaw("millis", millis(spared.time()))
						.toString())
			.addRaw("changes", number(alert.changes()))
			.add("text", message.title(alert))
			.add("link", message.link(alert))
			.toString();
	}

	private static @Nullable String write(@Nullable FleetStatus fleet) {
		return (fleet == null) ? null
				: new WebhookBody().addRaw("connected", String.valueOf(fleet.connected()))
					.add("since", text(fleet.since()))
					.add("instance", fleet.instance())
					.addRaw("instances", array(fleet.instances().stream().map(JsonEscape::quote).toList()))
					.toString();
	}

	private static String write(BreakerEvent failure) {
		return new WebhookBody().add("at", text(failure.at()))
			.add("kind", name(failure.kind()))
			.addRaw("status", number(failure.status()))
			.addRaw("retryAfterMillis", millis(failure.retryAfter()))
			.toString();
	}

	private WebhookBody add(String name, @Nullable String value) {
		return addRaw(name, (value != null) ? JsonEscape.quote(value) : null);
	}

	private WebhookBody addRaw(String name, @Nullable String json) {
		if (json != null) {
			this.members.add(JsonEscape.quote(name) + ':' + json);
		}
		return this;
	}

	@Override
	public String toString() {
		return this.members.toString();
	}

	private static String array(Collection<String> json) {
		return json.stream().collect(Collectors.joining(",", "[", "]"));
	}

	private static @Nullable String name(@Nullable Enum<?> constant) {
		return (constant != null) ? constant.name() : null;
	}

	private static @Nullable String number(@Nullable Number number) {
		return (number != null) ? number.toString() : null;
	}

	private static @Nullable String millis(@Nullable Duration duration) {
		return (duration != null) ? Long.toString(duration.toMillis()) : null;
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.truncatedTo(ChronoUnit.MILLIS).toString() : null;
	}

}
