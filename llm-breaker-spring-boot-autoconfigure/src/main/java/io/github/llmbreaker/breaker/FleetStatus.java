// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The instances of the application that share the state of their breakers, as one of them
 * sees it.
 *
 * @param connected whether this instance hears from the others
 * @param since since when, or since when it does not
 * @param instance the id of this instance; a new one at each start
 * @param instances the ids of all instances that were there lately, this one included
 * @param openedBy the instance that has opened a breaker, by the name of the breaker
 * @param probing the instance that probes, by the name of the breaker
 * @since 0.1.0
 */
public record FleetStatus(boolean connected, @Nullable Instant since, String instance, List<String> instances,
		Map<String, String> openedBy, Map<String, String> probing) {
}
