// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.List;

/**
 * Calls as instances of the application add them up: by when they began, and what has
 * become of them. All times are readings of the ticker of the instance that has the
 * object.
 *
 * @param period the closed period of the breaker that they belong to
 * @param telling whether so many of them have failed that the others should know
 * @param stretches the calls by when they began, in any order
 * @since 0.1.0
 */
public record SharedCalls(long period, boolean telling, List<Stretch> stretches) {

	/**
	 * Calls that began in the same stretch of time.
	 *
	 * @param first when the first of them began
	 * @param last when about the last of them began
	 * @param calls how many there are that say something, or will
	 * @param proofs how many of them have given a proof of life
	 * @param failures how many of them have failed
	 * @param hints how many of the failures have named a wait
	 */
	public record Stretch(long first, long last, int calls, int proofs, int failures, int hints) {
	}

}
