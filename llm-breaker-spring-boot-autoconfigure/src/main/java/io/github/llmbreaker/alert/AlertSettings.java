// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.time.Duration;
import java.util.Set;

import io.github.llmbreaker.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * What is told, and how often.
 *
 * @param application the application's name
 * @param on the states that are told when a breaker enters them
 * @param minInterval least time between two messages about the same provider
 * @param pageUrl where the page of the breakers is; {@code null} if it is not known
 * @param observing whether breakers only say what they would do
 * @since 0.1.0
 */
public record AlertSettings(String application, Set<BreakerState> on, Duration minInterval, @Nullable String pageUrl,
		boolean observing) {
}
