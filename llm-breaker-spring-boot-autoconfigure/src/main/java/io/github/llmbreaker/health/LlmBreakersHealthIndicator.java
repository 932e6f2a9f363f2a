// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.HealthLevel;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Says which breakers are open. Up in any case, unless told otherwise: an LLM provider
 * that is down is no reason to restart the application.
 *
 * @since 0.1.0
 */
public final class LlmBreakersHealthIndicator implements HealthIndicator {

	private final Supplier<List<Breaker>> breakers;

	private final Status critical;

	private final Supplier<@Nullable FleetStatus> fleet;

	/**
	 * Creates an indicator.
	 * @param breakers the breakers as of now, sorted by name
	 * @param criticalStatus the status while all models' breakers are open
	 */
	public LlmBreakersHealthIndicator(Supplier<List<Breaker>> breakers, Status criticalStatus) {
		this(breakers, criticalStatus, () -> null);
	}

	/**
	 * Creates an indicator that also says how the fleet is.
	 * @param breakers the breakers as of now, sorted by name
	 * @param criticalStatus the status while all models' breakers are open
	 * @param fleet the fleet as of now; {@code null} if there is none
	 */
	public LlmBreakersHealthIndicator(Supplier<List<Breaker>> breakers, Status criticalStatus,
			Supplier<@Nullable FleetStatus> fleet) {
		this.breakers = breakers;
		this.critical = criticalStatus;
		this.fleet = fleet;
	}

	@Override
	public Health health() {
		List<BreakerState> providers = new ArrayList<>();
		List<BreakerState> models = new ArrayList<>();
		Map<String, Object> details = new LinkedHashMap<>();
		for (Breaker breaker : this.breakers.get()) {
			BreakerSnapshot snapshot = breaker.snapshot();
			((breaker.scope() == OutcomeScope.PROVIDER) ? providers : models).add(snapshot.state());
			if (snapshot.state() != BreakerState.CLOSED && snapshot.state() != BreakerState.DISABLED) {
				details.put(breaker.name(), detailsOf(snapshot));
			}
		}
		HealthLevel level = HealthLevel.of(providers, models);
		Health.Builder health = Health.status((level == HealthLevel.CRITICAL) ? this.critical : Status.UP)
			.withDetail("health", level)
			.withDetail("breakers", details);
		FleetStatus known = this.fleet.get();
		return ((known != null) ? health.withDetail("fleet", detailsOf(known)) : health).build();
	}

	private static Map<String, Object> detailsOf(FleetStatus fleet) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("connected", fleet.connected());
		putIfKnown(details, "since", fleet.since());
		details.put("instance", fleet.instance());
		details.put("instances", fleet.instances());
		details.put("openedBy", fleet.openedBy());
		details.put("probing", fleet.probing());
		return details;
	}

	private static Map<String, Object> detailsOf(BreakerSnapshot snapshot) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", snapshot.state());
		putIfKnown(details, "openedBy", snapshot.openedBy());
		details.put("remainingCooldownMillis", snapshot.remainingCooldown().toMillis());
		return details;
	}

	private static void putIfKnown(Map<String, Object> details, String key, @Nullable Object value) {
		if (value != null) {
			details.put(key, value);
		}
	}

}
