// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * When a breaker opens, how long it stays open, how it probes.
 *
 * @param name the policy's name, {@code defaults} if none matched
 * @param opening by what rule it opens
 * @param failureThreshold this many counted failures inside the window open; at least 1
 * @param window the sliding window; zero: consecutive failures
 * @param failureRateThreshold least percentage of failures in the window, 0 to 100; 0 is
 * off
 * @param slowCallDuration calls longer than this are slow; {@code null} is off
 * @param slowCallFactor calls that take this many times what is usual for the breaker are
 * slow; more than 1; {@code null} is off
 * @param slowCallRateThreshold percentage of slow calls in the window that opens, more
 * than 0 up to 100
 * @param cooldown how long it stays open
 * @param halfOpen how it probes
 * @param count the kinds that count as failures
 * @since 0.1.0
 */
public record BreakerPolicy(String name, OpeningPolicy opening, int failureThreshold, Duration window,
		double failureRateThreshold, @Nullable Duration slowCallDuration, @Nullable Double slowCallFactor,
		double slowCallRateThreshold, CooldownPolicy cooldown, HalfOpenPolicy halfOpen, Set<OutcomeKind> count) {

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of its bounds
	 */
	public BreakerPolicy {
		Assert.isTrue(failureThreshold >= 1,
				() -> "'failureThreshold' must be at least 1 (was " + failureThreshold + ")");
		Assert.isTrue(!window.isNegative(), () -> "'window' must not be negative (was " + window + ")");
		Assert.isTrue(failureRateThreshold >= 0 && failureRateThreshold <= 100,
				() -> "'failureRateThreshold' must be from 0 to 100 (was " + failureRateThreshold + ")");
		Assert.isTrue(slowCallDuration == null || isPositive(slowCallDuration),
				() -> "'slowCallDuration' must be positive (was " + slowCallDuration + ")");
		Assert.isTrue(slowCallFactor == null || (slowCallFactor > 1 && slowCallFactor < Double.POSITIVE_INFINITY),
				() -> "'slowCallFactor' must be more than 1 (was " + slowCallFactor + ")");
		Assert.isTrue(slowCallRateThreshold > 0 && slowCallRateThreshold <= 100,
				() -> "'slowCallRateThreshold' must be more than 0 and at most 100 (was " + slowCallRateThreshold
						+ ")");
		checkCount(count);
		count = (count.isEmpty()) ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(count));
	}

	/**
	 * Whether it opens and probes by what it learns, and nobody has asked for numbers.
	 */
	boolean isAdaptive() {
		return this.opening.strategy() == OpeningStrategy.EVIDENCE
				&& this.cooldown.strategy() == CooldownStrategy.ADAPTIVE && this.halfOpen.adaptive();
	}

	private static void checkCount(Set<OutcomeKind> count) {
		Assert.isTrue(!count.contains(OutcomeKind.SUCCESS) && !count.contains(OutcomeKind.CANCELLED),
				() -> "'count' must not contain SUCCESS or CANCELLED (was " + count + ")");
	}

	private static boolean isPositive(Duration duration) {
		return !duration.isNegative() && !duration.isZero();
	}

}
