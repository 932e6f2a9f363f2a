// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.provider.HeaderLookup;

/**
 * An answer whose head has arrived, with what LangChain4j wants to know of it.
 */
interface ClientAnswer {

	/**
	 * Returns the status.
	 */
	int status();

	/**
	 * Whether it is the answer to a request of a method: what follows a redirect may have
	 * made another one.
	 */
	default boolean isAnswerTo(String method) {
		return true;
	}

	/**
	 * Returns all headers; empty if the client does not tell them.
	 */
	Map<String, List<String>> allHeaders();

	/**
	 * Returns the headers, as far as the client tells them.
	 */
	default HeaderLookup headers() {
		return (name) -> ModelRequest.first(allHeaders(), name);
	}

	/**
	 * Opens the body. Asked for once.
	 * @throws IOException if it can't be opened
	 */
	InputStream body() throws IOException;

	/**
	 * Gives up what has not been read. Never throws.
	 */
	void close();

}
