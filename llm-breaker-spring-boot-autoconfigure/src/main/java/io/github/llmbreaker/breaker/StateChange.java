/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
 * @since 0.1.0
 */
public record StateChange(BreakerState from, BreakerState to, @Nullable OutcomeKind kind, @Nullable Integer status,
		int failures, @Nullable Duration remaining, @Nullable Duration outage, Instant at) {
}
