// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

/**
 * What the guard of a client sees of a call.
 */
enum Sight {

	/** The HTTP exchange, byte by byte. */
	WIRE,

	/** The items of a {@code Flux} and its end. */
	ITEMS,

	/** The result of a {@code Mono} or stage, or what it fails with. */
	LATER_RESULT,

	/** What a method returns or throws. */
	RESULT

}
