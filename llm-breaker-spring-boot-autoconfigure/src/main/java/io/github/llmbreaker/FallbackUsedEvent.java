// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.time.Instant;

/**
 * Spring event: another model is asked instead.
 *
 * @param from the target that was left
 * @param to the target that is tried instead
 * @param at when
 * @since 0.1.0
 */
public record FallbackUsedEvent(LlmTarget from, LlmTarget to, Instant at) {
}
