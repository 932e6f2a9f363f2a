// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.llmbreaker.breaker.Isolation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * Checks the values of all policies.
 *
 * @param properties what is configured
 */
record PolicyCheck(LlmBreakerProperties properties) {

	private static final String EVERY_MODEL = "it is for every model";

	private static final String PROVIDER_BREAKER = "it is no matter of a provider's breaker";

	void run() {
		PropertyCheck root = new PropertyCheck(LlmBreakerProperties.PREFIX);
		root.atLeast(1, "max-breakers", this.properties.maxBreakers());
		PropertyCheck defaults = root.at("defaults");
		defaults.unset("models", this.properties.defaults().models(), EVERY_MODEL);
		defaults.unset("endpoints", this.properties.defaults().endpoints(), EVERY_MODEL);
		checkCalls(defaults, this.properties.defaults());
		checkProviderBreaker(root.at("provider-defaults"), this.properties.providerDefaults());
		this.properties.policies().forEach((name, policy) -> checkNamed(root.at("policies").entry(name), policy));
		checkPatterns(root.at("policies"));
		this.properties.providers().forEach((id, provider) -> {
			if (provider.breaker() != null) {
				checkProviderBreaker(root.at("providers").entry(id).at("breaker"), provider.breaker());
			}
		});
	}

	private void checkNamed(PropertyCheck check, PolicyProperties policy) {
		check.noBlanks("models", policy.models());
		check.noBlanks("endpoints", policy.endpoints());
		boolean hasEndpoints = !CollectionUtils.isEmpty(policy.endpoints());
		if (hasEndpoints && this.properties.isolation() != Isolation.ENDPOINT) {
			throw check.invalid("endpoints", policy.endpoints(), "needs a breaker per endpoint",
					"Set 'llm-breaker.isolation' to 'endpoint', or remove the endpoints.");
		}
		if (!hasEndpoints && CollectionUtils.isEmpty(policy.models())) {
			throw check.invalid("models", policy.models(), "must say which models the policy is for",
					"Set it to patterns such as \"gpt-4.1*\", or move the keys to 'llm-breaker.defaults'.");
		}
		checkCalls(check, policy);
	}

	/** Of two policies for the same, the second would never be used. */
	private void checkPatterns(PropertyCheck check) {
		Map<String, String> owners = new HashMap<>();
		this.properties.policies().forEach((name, policy) -> scopes(policy).forEach((scope) -> {
			String owner = owners.putIfAbsent(scope, name);
			if (owner != null) {
				boolean named = !CollectionUtils.isEmpty(policy.models());
				throw check.entry(name)
					.invalid(named ? "models" : "endpoints", named ? policy.models() : policy.endpoints(),
							"has a pattern that policy '%s' has, too".formatted(owner),
							"Remove '%s' from one of the two, or merge them.".formatted(scope.strip()));
			}
		}));
	}

	/** Every pair of pattern and endpoint; a space stands for all endpoints. */
	private static Set<String> scopes(PolicyProperties policy) {
		Set<String> scopes = new LinkedHashSet<>();
		List<String> endpoints = policy.endpoints();
		for (String endpoint : (endpoints == null || endpoints.isEmpty()) ? List.of("") : endpoints) {
			policy.patterns().forEach((pattern) -> scopes.add(pattern + " " + endpoint));
		}
		return scopes;
	}

	private void checkProviderBreaker(PropertyCheck check, PolicyProperties policy) {
		check.unset("models", policy.models(), PROVIDER_BREAKER);
		check.unset("endpoints", policy.endpoints(), PROVIDER_BREAKER);
		check.unset("response-timeout", policy.responseTimeout(), PROVIDER_BREAKER);
		check.unset("first-token-timeout", policy.firstTokenTimeout(), PROVIDER_BREAKER);
		check.unset("idle-timeout", policy.idleTimeout(), PROVIDER_BREAKER);
		check.unset("total-timeout", policy.totalTimeout(), PROVIDER_BREAKER);
		check.unset("retry", policy.retry(), PROVIDER_BREAKER);
		check.unset("fallbacks", policy.fallbacks(), PROVIDER_BREAKER);
		check.unset("stream-recovery", policy.streamRecovery(), PROVIDER_BREAKER);
		checkBreaker(check, policy);
	}

	private void checkCalls(PropertyCheck check, PolicyProperties policy) {
		checkBreaker(check, policy);
		check.positive("response-timeout", policy.responseTimeout());
		check.positive("first-token-timeout", policy.firstTokenTimeout());
		check.positive("idle-timeout", policy.idleTimeout());
		check.positive("total-timeout", policy.totalTimeout());
		check.noBlanks("fallbacks", policy.fallbacks());
		checkRetry(check.at("retry"), policy.retry());
	}

	private void checkBreaker(PropertyCheck check, PolicyProperties policy) {
		check.moreThanZero("false-alarms-per-day", policy.falseAlarmsPerDay());
		check.atLeast(1, "failure-threshold", policy.failureThreshold());
		check.notNegative("window", policy.window());
		check.between(0, 100, "failure-rate-threshold", policy.failureRateThreshold());
		check.positive("slow-call-duration", policy.slowCallDuration());
		checkSlowCallFactor(check, policy.slowCallFactor());
		checkSlowCallRate(check, policy.slowCallRateThreshold());
		check.positive("min-cooldown", policy.minCooldown());
		check.positive("cooldown", policy.cooldown());
		checkMultiplier(check, policy.cooldownMultiplier());
		check.between(0, 1, "cooldown-jitter", policy.cooldownJitter());
		check.positive("max-cooldown", policy.maxCooldown());
		check.atLeast(1, "half-open-calls", policy.halfOpenCalls());
		check.positive("half-open-timeout", policy.halfOpenTimeout());
		check.failures("count", policy.count());
	}

	private void checkSlowCallFactor(PropertyCheck check, @Nullable Double factor) {
		if (factor != null && !(factor > 1 && factor < Double.POSITIVE_INFINITY)) {
			throw check.invalid("slow-call-factor", factor, "must be more than 1",
					"Set it to how many times the usual is slow, such as 5.");
		}
	}

	private void checkSlowCallRate(PropertyCheck check, @Nullable Double rate) {
		check.between(0, 100, "slow-call-rate-threshold", rate);
		if (rate != null && rate == 0) {
			throw check.invalid("slow-call-rate-threshold", rate, "must be more than 0",
					"Set it to a percentage up to 100; slow calls are off while 'slow-call-duration' is not set.");
		}
	}

	private void checkMultiplier(PropertyCheck check, @Nullable Double multiplier) {
		if (multiplier != null && !(multiplier >= 1 && multiplier < Double.POSITIVE_INFINITY)) {
			throw check.invalid("cooldown-multiplier", multiplier, "must be at least 1",
					"Set it to 1 for a constant cooldown, or to more for a growing one.");
		}
	}

	private void checkRetry(PropertyCheck check, @Nullable RetryProperties retry) {
		if (retry == null) {
			return;
		}
		check.atLeast(0, "max-retries", retry.maxRetries());
		check.notNegative("backoff", retry.backoff());
		check.notNegative("max-backoff", retry.maxBackoff());
		check.between(0, 1, "jitter", retry.jitter());
		check.notNegative("max-retry-after", retry.maxRetryAfter());
		check.between(0, 100, "budget", retry.budget());
		check.failures("on", retry.on());
	}

}
