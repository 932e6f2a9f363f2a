// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import io.github.llmbreaker.provider.HeaderLookup;

/**
 * Whether a provider wants to see a request again that it has answered with an error.
 *
 * @since 0.1.0
 */
public final class RetryAdvice {

	private static final String HEADER = "x-should-retry";

	private RetryAdvice() {
	}

	/**
	 * Whether the same request is of no use, whatever the status says.
	 * @param headers the headers of the answer
	 * @return whether not to send it again
	 */
	public static boolean isAgainst(HeaderLookup headers) {
		String advice = headers.first(HEADER);
		return advice != null && advice.strip().equalsIgnoreCase("false");
	}

}
