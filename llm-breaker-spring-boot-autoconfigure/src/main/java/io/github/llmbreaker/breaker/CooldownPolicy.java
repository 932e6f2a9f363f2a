// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How long a breaker stays open.
 *
 * @param strategy when it probes
 * @param min the time before the first probe; only of interest to
 * {@link CooldownStrategy#ADAPTIVE}
 * @param base the time before a probe; the greatest one if adaptive
 * @param multiplier factor for each re-opening without a close in between; at least 1
 * @param jitter share of the base by which it varies up and down, 0 to 1; 0 is exact
 * @param max the cap, also for what the provider asks
 * @param respectRetryAfter whether the provider's wait hint lengthens it
 * @since 0.1.0
 */
public record CooldownPolicy(CooldownStrategy strategy, Duration min, Duration base, double multiplier, double jitter,
		Duration max, boolean respectRetryAfter) {

	private static final Duration MIN = Duration.ofSeconds(1);

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of its bounds
	 */
	public CooldownPolicy {
		Assert.isTrue(!base.isNegative() && !base.isZero(), () -> "'cooldown' must be positive (was " + base + ")");
		Assert.isTrue(!min.isNegative() && !min.isZero(), () -> "'minCooldown' must be positive (was " + min + ")");
		Assert.isTrue(multiplier >= 1, () -> "'cooldownMultiplier' must be at least 1 (was " + multiplier + ")");
		Assert.isTrue(jitter >= 0 && jitter <= 1, () -> "'cooldownJitter' must be from 0 to 1 (was " + jitter + ")");
		Assert.isTrue(!max.isNegative() && !max.isZero(), () -> "'maxCooldown' must be positive (was " + max + ")");
	}

	/**
	 * Creates a policy of fixed cooldowns.
	 * @param base the time before a probe
	 * @param multiplier factor for each re-opening without a close in between
	 * @param jitter share of the base by which it varies up and down
	 * @param max the cap, also for what the provider asks
	 * @param respectRetryAfter whether the provider's wait hint lengthens it
	 */
	public CooldownPolicy(Duration base, double multiplier, double jitter, Duration max, boolean respectRetryAfter) {
		this(CooldownStrategy.FIXED, MIN, base, multiplier, jitter, max, respectRetryAfter);
	}

	/**
	 * Returns the same policy with another way to probe.
	 * @param strategy when it probes
	 * @param min the time before the first probe if adaptive
	 * @return the policy
	 */
	public CooldownPolicy withStrategy(CooldownStrategy strategy, Duration min) {
		return new CooldownPolicy(strategy, min, this.base, this.multiplier, this.jitter, this.max,
				this.respectRetryAfter);
	}

}
