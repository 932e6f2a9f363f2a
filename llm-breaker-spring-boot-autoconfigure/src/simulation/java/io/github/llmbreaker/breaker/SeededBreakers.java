// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Breakers whose jitter comes out the same each time.
 */
public final class SeededBreakers {

	private SeededBreakers() {
	}

	/**
	 * Returns a registry as an application has it, but for clock, dice and listeners.
	 * @param policies the policies
	 * @param ticker the clock for durations
	 * @param clock the wall clock
	 * @param random numbers from 0 to 1
	 * @return the registry
	 */
	public static BreakerRegistry of(LlmPolicies policies, Ticker ticker, InstantSource clock, DoubleSupplier random) {
		return of(policies, ticker, clock, random, BreakerSync.LOCAL);
	}

	/**
	 * Returns a registry as an application has it that shares the state of its breakers.
	 * @param policies the policies
	 * @param ticker the clock for durations
	 * @param clock the wall clock
	 * @param random numbers from 0 to 1
	 * @param sync who shares it
	 * @return the registry
	 */
	public static BreakerRegistry of(LlmPolicies policies, Ticker ticker, InstantSource clock, DoubleSupplier random,
			BreakerSync sync) {
		BreakerSettings settings = new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 1000, policies,
				(endpoint) -> true, List.of(), List.of(), ticker, clock);
		return new BreakerRegistry(new BreakerEnvironment(settings, random, sync), null);
	}

}
