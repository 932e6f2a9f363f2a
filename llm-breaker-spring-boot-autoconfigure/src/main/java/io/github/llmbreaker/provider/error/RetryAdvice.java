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

	private RetryAdvice() {
	}

	/** Whether the same request is of no use, whatever the status says. */
	public static boolean isAgainst(HeaderLookup headers) {
		String advice = headers.first("x-should-retry");
		return advice != null && advice.strip().equalsIgnoreCase("false");
	}

}
