// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.time.Instant;

/**
 * Spring event: a call was rejected, or would have been in observe mode.
 *
 * @param target what was to be called
 * @param state the state of the breaker that rejected it
 * @param at when
 * @since 0.1.0
 */
public record CallRejectedEvent(LlmTarget target, BreakerState state, Instant at) {
}
