// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.breaker.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Computes the wait before a retry: exponential with jitter, at least what the provider
 * asks for.
 *
 * @param policy how long to wait
 * @param random numbers from 0 to 1 for the jitter
 */
record RetryBackoff(RetryPolicy policy, DoubleSupplier random) {

	private static final int MAX_DOUBLINGS = 30;

	/**
	 * Returns the wait before a retry.
	 * @param retry number of the retry, from 0
	 * @param hint the provider's wait; {@code null} without one
	 */
	@Nullable Duration delay(int retry, @Nullable Duration hint) {
		if (hint != null && hint.compareTo(this.policy.maxRetryAfter()) > 0) {
			return null;
		}
		Duration own = jittered(retry);
		return (hint != null && hint.compareTo(own) > 0) ? Duration.ofNanos(Nanos.of(hint)) : own;
	}

	private Duration jittered(int retry) {
		double factor = 1 + this.policy.jitter() * (2 * this.random.getAsDouble() - 1);
		double nanos = Math.min(Nanos.of(this.policy.maxBackoff()),
				(double) Nanos.of(this.policy.backoff()) * (1L << Math.min(retry, MAX_DOUBLINGS)) * factor);
		return Duration.ofNanos((long) nanos);
	}

}
