// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.CooldownPolicy;
import io.github.llmbreaker.breaker.CooldownStrategy;
import io.github.llmbreaker.breaker.HalfOpenPolicy;
import io.github.llmbreaker.breaker.OpeningPolicy;
import io.github.llmbreaker.breaker.RetryPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TimeoutPolicy;

/**
 * The policies in force where nothing is configured.
 */
final class BuiltInPolicies {

	private static final Set<OutcomeKind> COUNTED = Set.copyOf(EnumSet.of(OutcomeKind.RATE_LIMITED,
			OutcomeKind.OVERLOADED, OutcomeKind.QUOTA_EXHAUSTED, OutcomeKind.AUTH, OutcomeKind.PERMISSION,
			OutcomeKind.SERVER_ERROR, OutcomeKind.TIMEOUT, OutcomeKind.CONNECT_ERROR, OutcomeKind.STREAM_ERROR));

	private static final Set<OutcomeKind> RETRIED = Set.copyOf(EnumSet.of(OutcomeKind.RATE_LIMITED,
			OutcomeKind.OVERLOADED, OutcomeKind.SERVER_ERROR, OutcomeKind.CONNECT_ERROR, OutcomeKind.STREAM_ERROR));

	private static final CooldownPolicy FIXED = new CooldownPolicy(Duration.ofSeconds(30), 1.0, 0.1,
			Duration.ofMinutes(5), true);

	private static final CooldownPolicy ADAPTIVE = FIXED.withStrategy(CooldownStrategy.ADAPTIVE, FIXED.min());

	private static final RetryPolicy NO_RETRIES = new RetryPolicy(0, Duration.ofMillis(500), Duration.ofSeconds(10),
			0.5, Duration.ofSeconds(10), 20.0, RETRIED);

	/**
	 * The policy of every model's breaker, and of the calls to it: the preset adaptive.
	 */
	static final CallPolicy MODEL = new CallPolicy(
			new BreakerPolicy("defaults", OpeningPolicy.EVIDENCE, 3, Duration.ofSeconds(60), 50.0, null, null, 100.0,
					ADAPTIVE, new HalfOpenPolicy(3, Duration.ofMinutes(2), true), COUNTED),
			TimeoutPolicy.NONE, NO_RETRIES, List.of(), StreamRecovery.NONE);

	/**
	 * The policy of every provider's breaker: three failures in a row are no proof where
	 * one of several keys is dead.
	 */
	static final BreakerPolicy PROVIDER = new BreakerPolicy("provider-defaults", OpeningPolicy.EVIDENCE, 3,
			Duration.ZERO, 50.0, null, null, 100.0, FIXED, new HalfOpenPolicy(1, Duration.ofMinutes(2)), COUNTED);

	private BuiltInPolicies() {
	}

}
