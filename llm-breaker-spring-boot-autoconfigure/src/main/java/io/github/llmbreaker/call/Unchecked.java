// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

/**
 * Hands on what a call threw as it is, wherever it was caught.
 *
 * @since 0.1.0
 */
public final class Unchecked {

	private Unchecked() {
	}

	/**
	 * Throws, whether the compiler expects it or not.
	 * @return never, so that the compiler sees the end of the caller's method
	 */
	public static RuntimeException rethrow(Throwable failure) {
		throw Unchecked.<RuntimeException>disguised(failure);
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> E disguised(Throwable failure) throws E {
		throw (E) failure;
	}

}
