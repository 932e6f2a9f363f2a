// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

/**
 * An HTTP client that blocks.
 */
@FunctionalInterface
interface BlockingHttp {

	/**
	 * Makes a call.
	 * @param ask what to ask for
	 * @param into takes what arrives of an answer that the caller reads by itself
	 */
	void read(Ask ask, StringBuffer into);

}
