// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait for an answer; {@code null} leaves it to the HTTP client.
 *
 * @param response until the response head
 * @param firstToken until the first content event of a stream
 * @param idle between content events of a stream
 * @param total for the whole call, retries and fallbacks included
 * @since 0.1.0
 */
public record TimeoutPolicy(@Nullable Duration response, @Nullable Duration firstToken, @Nullable Duration idle,
		@Nullable Duration total) {

	/** No limits of ours. */
	public static final TimeoutPolicy NONE = new TimeoutPolicy(null, null, null, null);

}
