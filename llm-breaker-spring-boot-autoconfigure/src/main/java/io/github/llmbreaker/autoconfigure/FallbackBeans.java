// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

/**
 * Tells of beans of the application that answer for a provider which a request can't be
 * sent to.
 */
interface FallbackBeans {

	/**
	 * Whether there may be one. Makes no bean.
	 * @param provider the provider's id
	 * @return whether the fallback is no mistake as far as is known
	 */
	boolean mayAnswer(String provider);

	/**
	 * Whether there is one. Makes beans if need be.
	 * @param provider the provider's id
	 * @return whether the fallback is no mistake
	 */
	boolean answers(String provider);

}
