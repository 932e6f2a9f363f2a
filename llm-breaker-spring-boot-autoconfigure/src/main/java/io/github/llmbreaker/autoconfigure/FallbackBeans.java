// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.function.Supplier;

/**
 * Tells of beans of the application that answer for a provider which a request can't be
 * sent to.
 */
interface FallbackBeans {

	/**
	 * Whether there may be one.
	 * @param provider the provider's id
	 * @param otherwise what the start fails with if it turns out that there is none
	 * @return whether the fallback is no mistake as far as is known
	 */
	boolean mayAnswer(String provider, Supplier<? extends RuntimeException> otherwise);

}
