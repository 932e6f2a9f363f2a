// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.CooldownPolicy;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies as configured, each inheriting key by key.
 */
final class PolicyCatalog implements LlmPolicies {

	private static final Logger logger = LoggerFactory.getLogger(PolicyCatalog.class);

	private final LlmBreakerProperties properties;

	private final CallPolicy defaults;

	private final BreakerPolicy providerDefaults;

	private final Map<String, BreakerPolicy> providers = new LinkedHashMap<>();

	private final List<Entry> entries = new ArrayList<>();

	PolicyCatalog(LlmBreakerProperties properties, Predicate<String> isProvider) {
		this.properties = properties;
		this.defaults = properties.defaults().over("defaults", BuiltInPolicies.MODEL, isProvider);
		this.providerDefaults = properties.providerDefaults().over("provider-defaults", BuiltInPolicies.PROVIDER);
		properties.providers().forEach((id, provider) -> {
			if (provider.breaker() != null) {
				this.providers.put(id, provider.breaker().over("provider-defaults", this.providerDefaults));
			}
		});
		properties.policies().forEach((name, policy) -> {
			CallPolicy resolved = policy.over(name, this.defaults, isProvider);
			policy.patterns()
				.forEach((pattern) -> this.entries
					.add(new Entry(ModelPattern.parse(pattern, isProvider), policy.endpoints(), resolved)));
			warnIfCapped(resolved.breaker());
		});
		this.providers.values().forEach(PolicyCatalog::warnIfCapped);
		warnIfCapped(this.defaults.breaker());
		warnIfCapped(this.providerDefaults);
	}

	/**
	 * Creates the policies of an application.
	 * @throws LlmBreakerConfigurationException if one of them is not valid
	 */
	static PolicyCatalog checked(LlmBreakerProperties properties, LlmProviders providers, ExpectedFallbackBeans beans) {
		new PolicyCheck(properties).run();
		new FallbackCheck(providers, properties, beans).run();
		return new PolicyCatalog(properties, (id) -> providers.find(id).isPresent());
	}

	private static void warnIfCapped(BreakerPolicy policy) {
		CooldownPolicy cooldown = policy.cooldown();
		if (cooldown.base().compareTo(cooldown.max()) > 0) {
			logger.warn(
					"In policy '{}' the cooldown {} is cut to the max-cooldown {}; raise 'max-cooldown' to have it all",
					policy.name(), cooldown.base(), cooldown.max());
		}
	}

	/**
	 * Returns what they have been made of.
	 */
	LlmBreakerProperties properties() {
		return this.properties;
	}

	@Override
	public CallPolicy forTarget(LlmTarget target) {
		Entry best = null;
		for (Entry entry : this.entries) {
			if (entry.matches(target) && entry.isMoreSpecificThan(best)) {
				best = entry;
			}
		}
		return (best != null) ? best.policy() : this.defaults;
	}

	@Override
	public BreakerPolicy forProvider(String provider) {
		return this.providers.getOrDefault(provider, this.providerDefaults);
	}

	/**
	 * One pattern of a policy.
	 *
	 * @param pattern the pattern
	 * @param endpoints the endpoints it is limited to; {@code null} or empty for all
	 * @param policy the policy
	 */
	private record Entry(ModelPattern pattern, @Nullable List<String> endpoints, CallPolicy policy) {

		boolean matches(LlmTarget target) {
			return this.pattern.matches(target) && (this.endpoints == null || this.endpoints.isEmpty()
					|| this.endpoints.contains(target.endpoint()));
		}

		boolean isMoreSpecificThan(@Nullable Entry other) {
			return other == null || this.pattern.specificity() > other.pattern.specificity();
		}

	}

}
