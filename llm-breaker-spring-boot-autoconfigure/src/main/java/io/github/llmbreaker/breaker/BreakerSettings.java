// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;

import org.springframework.util.Assert;

/**
 * What a registry is built from.
 *
 * @param mode whether breakers act
 * @param isolation what has a breaker of its own
 * @param maxBreakers bound on the number of breakers; at least 1
 * @param policies which policy is in force for whom
 * @param inference tells by the endpoint's name whether calls to it run a model
 * @param customizers changes to the judgement, in this order
 * @param listeners who is told what happens
 * @param ticker the clock for durations
 * @param clock the wall clock
 * @since 0.1.0
 */
public record BreakerSettings(BreakerMode mode, Isolation isolation, int maxBreakers, LlmPolicies policies,
		Predicate<String> inference, List<OutcomeCustomizer> customizers, List<BreakerListener> listeners,
		Ticker ticker, InstantSource clock) {

	/**
	 * Checks the bound.
	 * @throws IllegalArgumentException if there is no room for a breaker
	 */
	public BreakerSettings {
		Assert.isTrue(maxBreakers >= 1, () -> "'maxBreakers' must be at least 1 (was " + maxBreakers + ")");
		customizers = List.copyOf(customizers);
		listeners = List.copyOf(listeners);
	}

	/** Returns settings of who guards nothing. */
	static BreakerSettings off() {
		return new BreakerSettings(BreakerMode.OBSERVE, Isolation.MODEL, 1, new OffPolicies(), (endpoint) -> false,
				List.of(), List.of(), Ticker.SYSTEM, InstantSource.system());
	}

	/** Whether calls to a target have the breaker of a model in their way. */
	boolean hasModelBreaker(LlmTarget target) {
		String endpoint = target.endpoint();
		return switch (this.isolation) {
			case MODEL -> endpoint == null || this.inference.test(endpoint);
			case ENDPOINT -> true;
		};
	}

	/**
	 * Asks for nothing: no limits, no second attempts, and no failure counts.
	 */
	private static final class OffPolicies implements LlmPolicies {

		private static final Duration ANY = Duration.ofSeconds(1);

		private static final BreakerPolicy BREAKER = new BreakerPolicy("off", OpeningPolicy.THRESHOLD, 1, ANY, 0, null,
				null, 100, new CooldownPolicy(ANY, 1, 0, ANY, false), new HalfOpenPolicy(1, ANY), Set.of());

		private static final CallPolicy CALL = new CallPolicy(BREAKER, TimeoutPolicy.NONE,
				new RetryPolicy(0, ANY, ANY, 0, ANY, 0, Set.of()), List.of(), StreamRecovery.NONE);

		@Override
		public CallPolicy forTarget(LlmTarget target) {
			return CALL;
		}

		@Override
		public BreakerPolicy forProvider(String provider) {
			return BREAKER;
		}

	}

}
