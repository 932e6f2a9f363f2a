// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

/**
 * State of a circuit breaker.
 *
 * @since 0.1.0
 */
public enum BreakerState {

	/** Calls pass and are counted. */
	CLOSED,

	/** Calls are rejected until the cooldown is over. */
	OPEN,

	/** A limited number of probes pass and decide what comes next. */
	HALF_OPEN,

	/** Opened by hand: calls are rejected for a given time, or until told otherwise. */
	FORCED_OPEN,

	/** Calls pass and are not counted. */
	DISABLED

}
