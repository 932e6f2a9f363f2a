// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

/**
 * Whose calls to one provider have breakers of their own.
 *
 * @since 0.1.0
 */
public enum Partition {

	/** All calls share those of the provider and its models. */
	NONE,

	/** Those with one credential share. */
	CREDENTIAL

}
