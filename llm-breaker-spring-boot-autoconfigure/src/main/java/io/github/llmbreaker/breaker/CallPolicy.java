// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.List;

/**
 * Everything that is configured for the calls to one target.
 *
 * @param breaker the policy of the model's breaker
 * @param timeouts how long to wait
 * @param retry whether to try again
 * @param fallbacks which models to ask instead, in this order
 * @param streamRecovery whether streams are held back
 * @since 0.1.0
 */
public record CallPolicy(BreakerPolicy breaker, TimeoutPolicy timeouts, RetryPolicy retry,
		List<FallbackModel> fallbacks, StreamRecovery streamRecovery) {
}
