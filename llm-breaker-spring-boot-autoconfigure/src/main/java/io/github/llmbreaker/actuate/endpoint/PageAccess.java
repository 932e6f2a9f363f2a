// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

/**
 * What the page needs to know of who looks at it.
 *
 * @since 0.1.0
 */
public interface PageAccess {

	/**
	 * Whether who looks may change breakers, as far as it is known; if the server refuses
	 * nevertheless, the page says that.
	 */
	boolean mayWrite();

	/**
	 * Tells the page what it must send along to change a breaker, by headers of the
	 * answer that is being made.
	 */
	void sendToken();

	/** The answer's header that holds the name of the request's header to send. */
	String TOKEN_NAME_HEADER = "LLM-Breakers-Token-Name";

	/** The answer's header that holds its value. */
	String TOKEN_HEADER = "LLM-Breakers-Token";

}
