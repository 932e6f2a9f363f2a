// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Clock;
import java.util.List;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.provider.LlmProviders;

/**
 * The breakers of the benchmarks that make calls over a client.
 */
public final class BenchmarkRegistry {

	/** The model whose breaker is open. */
	public static final String OPEN_MODEL = "open";

	private BenchmarkRegistry() {
	}

	/** Creates a registry as an application has it by default, in real time. */
	public static BreakerRegistry create(int maxBreakers) {
		BreakerPolicy policy = TestPolicies.model().evidence().adaptive().get();
		BreakerRegistry registry = new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL,
				maxBreakers, TestPolicies.of(policy, policy), LlmProviders::isInference, List.of(), List.of(),
				Ticker.SYSTEM, Clock.systemUTC()));
		registry.gate(new LlmTarget("openai", "chat.completions", OPEN_MODEL)).modelBreaker().forceOpen(null);
		return registry;
	}

}
