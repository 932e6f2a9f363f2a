// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Set;

import io.github.llmbreaker.OutcomeKind;

/**
 * Whether and when a failed call is tried again on the same target.
 *
 * @param maxRetries total attempts are one more; 0 is off
 * @param backoff the wait before the first retry, doubled for each further one
 * @param maxBackoff the longest wait of our own
 * @param jitter share of the wait by which it varies up and down, 0 to 1
 * @param maxRetryAfter a longer wait asked by the provider is not waited for: no retry
 * @param budget the percentage of a target's calls over ten seconds that its retries may
 * come to, 0 to 100; one a second is always allowed; 0 is no limit
 * @param on the kinds that are retried
 * @since 0.1.0
 */
public record RetryPolicy(int maxRetries, Duration backoff, Duration maxBackoff, double jitter, Duration maxRetryAfter,
		double budget, Set<OutcomeKind> on) {
}
