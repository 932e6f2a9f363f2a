// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;

import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CooldownPolicy;
import io.github.llmbreaker.breaker.CooldownStrategy;
import io.github.llmbreaker.breaker.HalfOpenPolicy;
import io.github.llmbreaker.breaker.OpeningPolicy;
import io.github.llmbreaker.breaker.OpeningStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Named values to start a policy from.
 */
enum PolicyPreset {

	/** Opens and probes by what is usual for the model. */
	ADAPTIVE(3, 60, 30, null, null),

	/** 5 failures in 60 seconds open for 30 seconds. */
	BALANCED(5, 60, 30, null, null),

	/** 10 failures in 60 seconds open for 30 seconds. */
	LENIENT(10, 60, 30, null, null),

	/** 3 failures in 60 seconds open for 120 seconds. */
	STRICT(3, 60, 120, null, null),

	/** 5 consecutive failures open for 60 seconds, one probe closes. */
	CONSECUTIVE(5, 0, 60, 1, null),

	/** 5 failures in 10 seconds open for 30 seconds, if they are more than chance. */
	GATEWAY(5, 10, 30, 3, 0.0);

	private final int failureThreshold;

	private final Duration window;

	private final Duration cooldown;

	private final @Nullable Integer halfOpenCalls;

	private final @Nullable Double failureRateThreshold;

	PolicyPreset(int failureThreshold, int windowSeconds, int cooldownSeconds, @Nullable Integer halfOpenCalls,
			@Nullable Double failureRateThreshold) {
		this.failureThreshold = failureThreshold;
		this.window = Duration.ofSeconds(windowSeconds);
		this.cooldown = Duration.ofSeconds(cooldownSeconds);
		this.halfOpenCalls = halfOpenCalls;
		this.failureRateThreshold = failureRateThreshold;
	}

	/**
	 * Returns a policy with the values of this preset instead of its own.
	 */
	BreakerPolicy over(BreakerPolicy base) {
		CooldownPolicy cool = base.cooldown();
		HalfOpenPolicy halfOpen = new HalfOpenPolicy(PolicyProperties.or(this.halfOpenCalls, base.halfOpen().calls()),
				base.halfOpen().timeout(), this.halfOpenCalls == null && base.halfOpen().adaptive());
		return new BreakerPolicy(base.name(),
				new OpeningPolicy((this == ADAPTIVE) ? OpeningStrategy.EVIDENCE : OpeningStrategy.THRESHOLD,
						base.opening().falseAlarmsPerDay()),
				this.failureThreshold, this.window,
				PolicyProperties.or(this.failureRateThreshold, base.failureRateThreshold()), base.slowCallDuration(),
				base.slowCallFactor(), base.slowCallRateThreshold(),
				new CooldownPolicy((this == ADAPTIVE) ? CooldownStrategy.ADAPTIVE : CooldownStrategy.FIXED, cool.min(),
						this.cooldown, cool.multiplier(), cool.jitter(), cool.max(), cool.respectRetryAfter()),
				halfOpen, base.count());
	}

}
