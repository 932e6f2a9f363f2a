// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Access to the headers of a message, whatever the HTTP client.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HeaderLookup {

	/**
	 * Returns the first value of a header.
	 * @param name the header's name, in any case
	 * @return the value, or {@code null}
	 */
	@Nullable String first(String name);

}
