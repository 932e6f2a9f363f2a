// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.HealthLevel;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows all breakers. Operations on a single one differ between HTTP and JMX and are in
 * the extensions.
 *
 * @since 0.1.0
 */
@Endpoint(id = "llmbreakers")
public final class LlmBreakersEndpoint {

	private final BreakerRegistry registry;

	/**
	 * Creates the endpoint.
	 * @param registry the breakers
	 */
	public LlmBreakersEndpoint(BreakerRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Describes all breakers.
	 * @return the description
	 */
	@ReadOperation
	public BreakersDescriptor breakers() {
		if (this.registry.isOff()) {
			return new BreakersDescriptor(false, null, HealthLevel.HEALTHY, Map.of());
		}
		Map<String, BreakerDescriptor> breakers = new LinkedHashMap<>();
		this.registry.all().forEach((breaker) -> breakers.put(breaker.name(), BreakerDescriptor.of(breaker)));
		return new BreakersDescriptor(true, this.registry.mode(), healthOf(breakers), breakers);
	}

	/**
	 * Finds a breaker. Never creates one.
	 * @param name its name
	 * @return the breaker, or empty
	 */
	Optional<Breaker> find(String name) {
		return this.registry.find(name);
	}

	private static HealthLevel healthOf(Map<String, BreakerDescriptor> breakers) {
		List<BreakerState> providers = new ArrayList<>();
		List<BreakerState> models = new ArrayList<>();
		breakers.values().forEach((it) -> ((it.scope() == OutcomeScope.PROVIDER) ? providers : models).add(it.state()));
		return HealthLevel.of(providers, models);
	}

}
