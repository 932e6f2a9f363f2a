// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * The rules by which a breaker may open.
 *
 * @since 0.1.0
 */
public enum OpeningStrategy {

	/** So many failures, if they are so many percent. */
	THRESHOLD,

	/** A sequential test that learns what is usual. */
	EVIDENCE

}
