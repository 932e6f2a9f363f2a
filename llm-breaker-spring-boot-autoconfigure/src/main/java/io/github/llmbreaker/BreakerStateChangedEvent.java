// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Spring event: a breaker has changed its state.
 *
 * @param breaker the breaker's name
 * @param from the state before
 * @param to the state now
 * @param kind the kind of failure that opened it; {@code null} if none did
 * @param at when it changed
 * @since 0.1.0
 */
public record BreakerStateChangedEvent(String breaker, BreakerState from, BreakerState to, @Nullable OutcomeKind kind,
		Instant at) {
}
