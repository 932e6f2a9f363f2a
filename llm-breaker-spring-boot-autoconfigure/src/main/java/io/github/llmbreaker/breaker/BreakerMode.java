// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * Whether breakers act.
 *
 * @since 0.1.0
 */
public enum BreakerMode {

	/** Calls are rejected while a breaker is open. */
	ENFORCE,

	/** No call is ever rejected; metrics and events say what would have been. */
	OBSERVE

}
