// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

/**
 * Whom a failure is about.
 *
 * @since 0.1.0
 */
public enum OutcomeScope {

	/** The called model only; siblings may be healthy. */
	MODEL,

	/** Every model of the provider: key, account, network. */
	PROVIDER,

	/** Nobody's health: the call says nothing about provider or model. */
	NONE

}
