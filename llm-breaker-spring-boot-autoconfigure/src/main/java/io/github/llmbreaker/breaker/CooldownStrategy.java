// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * When a breaker that is open probes.
 *
 * @since 0.1.0
 */
public enum CooldownStrategy {

	/** After the same time each time. */
	FIXED,

	/** Soon at first, then ever later the longer it lasts and the fewer calls wait. */
	ADAPTIVE

}
