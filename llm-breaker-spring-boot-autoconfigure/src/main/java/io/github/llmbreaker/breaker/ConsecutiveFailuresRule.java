// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.Metrics;

/**
 * So many failures in a row open. Any success starts again.
 */
final class ConsecutiveFailuresRule extends CountingRule {

	ConsecutiveFailuresRule(String name, BreakerPolicy policy) {
		super(policy, Resilience4jBreakers.lastCalls(name, policy.failureThreshold(), policy.slowCallDuration()));
	}

	@Override
	boolean isTooMany(long now, int inARow) {
		return inARow >= policy().failureThreshold();
	}

	@Override
	BreakerSnapshot.Window window(Metrics metrics) {
		int inARow = inARow();
		return new BreakerSnapshot.Window(inARow, inARow, (inARow > 0) ? 100 : 0, slowCallRate(metrics));
	}

}
