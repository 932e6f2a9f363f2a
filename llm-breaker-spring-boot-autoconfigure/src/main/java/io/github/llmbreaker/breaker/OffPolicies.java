// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.llmbreaker.LlmTarget;

/**
 * Asks for nothing: no limits, no second attempts, and no failure counts.
 */
final class OffPolicies implements LlmPolicies {

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
