// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * What to do so that a stream cut in the middle can be retried.
 *
 * @since 0.1.0
 */
public enum StreamRecovery {

	/** Streams pass as they come; a cut reaches the caller. */
	NONE,

	/** Streams are held back until they ended well. */
	BUFFER

}
