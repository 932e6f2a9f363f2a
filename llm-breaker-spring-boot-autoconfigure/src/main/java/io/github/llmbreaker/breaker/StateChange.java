// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.time.Instant;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * A breaker's move from one state to another.
 *
 * @param from the state before
 * @param to the state now
 * @param kind the kind of failure that opened it; {@code null} if none did
 * @param status the HTTP status of that failure; {@code null} if it had none
 * @param failures counted failures of the closed period that ends, 0 otherwise
 * @param remaining how long it will stay in the new state; {@code null} if not limited
 * @param outage on closing: the time since it opened first; {@code null} otherwise
 * @param at when
 * @param adopted whether another instance of the application has found it out
 * @since 0.1.0
 */
public record StateChange(BreakerState from, BreakerState to, @Nullable OutcomeKind kind, @Nullable Integer status,
		int failures, @Nullable Duration remaining, @Nullable Duration outage, Instant at, boolean adopted) {
}
