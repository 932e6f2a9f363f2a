// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * What has a breaker of its own.
 *
 * @since 0.1.0
 */
public enum Isolation {

	/** Each model of a provider. */
	MODEL,

	/** Each model of a provider at each endpoint. */
	ENDPOINT

}
