// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.HealthLevel;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;

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

	private final TimelineBreakerListener timelines;

	private final LlmProviders providers;

	private final Supplier<List<PolicyDescriptor>> policies;

	private final Supplier<@Nullable FleetStatus> fleet;

	/**
	 * Creates an endpoint that knows of no calls but those that are guarded.
	 * @param registry the breakers
	 * @param timelines their last hour
	 */
	public LlmBreakersEndpoint(BreakerRegistry registry, TimelineBreakerListener timelines) {
		this(registry, timelines, new LlmProviders(List.of(), List.of()), List::of, () -> null);
	}

	/**
	 * Creates the endpoint.
	 * @param registry the breakers
	 * @param timelines their last hour
	 * @param providers the providers, which know what was not theirs
	 * @param policies returns the policies besides the defaults, as they are by now
	 * @param fleet the fleet as of now; {@code null} if there is none
	 */
	public LlmBreakersEndpoint(BreakerRegistry registry, TimelineBreakerListener timelines, LlmProviders providers,
			Supplier<List<PolicyDescriptor>> policies, Supplier<@Nullable FleetStatus> fleet) {
		this.registry = registry;
		this.timelines = timelines;
		this.providers = providers;
		this.policies = policies;
		this.fleet = fleet;
	}

	/** Returns a description of all breakers. */
	@ReadOperation
	public BreakersDescriptor breakers() {
		if (this.registry.isOff()) {
			return new BreakersDescriptor(false, null, HealthLevel.HEALTHY, Map.of(), null, null, null, null);
		}
		Map<String, BreakerDescriptor> breakers = new LinkedHashMap<>();
		this.registry.all().forEach((breaker) -> breakers.put(breaker.name(), BreakerDescriptor.of(breaker)));
		return new BreakersDescriptor(true, this.registry.mode(), healthOf(breakers), breakers,
				this.providers.all().stream().map(this::describe).toList(), this.policies.get(),
				this.providers.unguarded().hosts(), this.fleet.get());
	}

	private ProviderDescriptor describe(LlmProvider provider) {
		return ProviderDescriptor.of(provider, this.providers.builtInHosts(provider.id()));
	}

	/**
	 * Finds a breaker. Never creates one.
	 * @param name its name
	 * @return the breaker, or empty
	 */
	Optional<Breaker> find(String name) {
		return this.registry.find(name);
	}

	/**
	 * Describes a breaker in full. Never creates one.
	 * @param name its name
	 * @return the description, or empty
	 */
	Optional<BreakerDescriptor> describe(String name) {
		return find(name).map((breaker) -> BreakerDescriptor.withDetails(breaker, this.timelines));
	}

	/**
	 * Describes the last hour of all breakers.
	 * @param since the calls before are not asked for, as milliseconds of the epoch
	 * @return the description
	 */
	PageTimelines timelines(long since) {
		return PageTimelines.of(this.timelines, this.registry.all(), since);
	}

	private static HealthLevel healthOf(Map<String, BreakerDescriptor> breakers) {
		List<BreakerState> providers = new ArrayList<>();
		List<BreakerState> models = new ArrayList<>();
		breakers.values().forEach((it) -> ((it.scope() == OutcomeScope.PROVIDER) ? providers : models).add(it.state()));
		return HealthLevel.of(providers, models);
	}

}
