// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * Why a call was rejected.
 *
 * @since 0.1.0
 */
public enum RejectReason {

	/** The breaker is open. */
	OPEN,

	/** The breaker is half-open and all its probes are under way. */
	HALF_OPEN_FULL,

	/** The breaker was opened by hand. */
	FORCED_OPEN

}
