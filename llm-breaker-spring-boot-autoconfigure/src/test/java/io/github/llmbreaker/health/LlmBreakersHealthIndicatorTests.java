// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.health;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.HealthLevel;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakersHealthIndicator}.
 */
class LlmBreakersHealthIndicatorTests {

	private static final LlmTarget OTHER = LlmTarget.of("anthropic", "claude-sonnet-4-5");

	private final VirtualTime time = new VirtualTime();

	private final BreakerRegistry registry = TestRegistry.create(this.time);

	private final LlmBreakersHealthIndicator indicator = new LlmBreakersHealthIndicator(this.registry::all,
			Status.OUT_OF_SERVICE);

	@Test
	void levelsAreHealthyDegradedAndCritical() {
		assertThat(level()).isEqualTo(HealthLevel.HEALTHY);
		this.registry.gate(OTHER);
		assertThat(level()).isEqualTo(HealthLevel.HEALTHY);
		Breaker breaker = TestRegistry.open(this.registry, TestRegistry.TARGET);
		assertThat(level()).isEqualTo(HealthLevel.DEGRADED);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		TestRegistry.open(this.registry, OTHER);
		assertThat(level()).isEqualTo(HealthLevel.CRITICAL);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		this.time.advance(breaker.remainingCooldown());
		assertThat(level()).isEqualTo(HealthLevel.DEGRADED);
	}

	@Test
	void openProviderAloneIsDegraded() {
		this.registry.gate(TestRegistry.TARGET).providerBreaker().forceOpen(null);
		assertThat(level()).isEqualTo(HealthLevel.DEGRADED);
	}

	@Test
	void disabledModelIsNotCritical() {
		TestRegistry.open(this.registry, TestRegistry.TARGET).disable();
		assertThat(level()).isEqualTo(HealthLevel.HEALTHY);
	}

	@Test
	void detailsOfWhatIsOpen() {
		this.registry.gate(OTHER);
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		this.time.advanceSeconds(10);
		Health health = this.indicator.health();
		assertThat(health.getDetails().get("breakers")).isEqualTo(Map.of("openai:gpt-4.1", Map.of("state",
				BreakerState.OPEN, "openedBy", OutcomeKind.OVERLOADED, "remainingCooldownMillis", 20_000L)));
	}

	@Test
	void saysWhoElseIsThereAndWhoFoundOutWhat() {
		FleetStatus fleet = new FleetStatus(true, VirtualTime.START, "this", List.of("other", "this"),
				Map.of("openai:gpt-4.1", "other"), Map.of("openai:gpt-4.1", "this"));
		Health health = new LlmBreakersHealthIndicator(this.registry::all, Status.DOWN, () -> fleet).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails().get("fleet")).isEqualTo(Map.of("connected", true, "since", VirtualTime.START,
				"instance", "this", "instances", List.of("other", "this"), "openedBy",
				Map.of("openai:gpt-4.1", "other"), "probing", Map.of("openai:gpt-4.1", "this")));
	}

	private Object level() {
		return this.indicator.health().getDetails().get("health");
	}

}
