// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.io.InputStream;

import io.github.llmbreaker.provider.HeaderLookup;

/**
 * An answer over HTTP whose head has arrived, as a client has it.
 *
 * @since 0.1.0
 */
public interface RawAnswer {

	/**
	 * Returns the status.
	 * @return the status
	 */
	int status();

	/**
	 * Returns the headers.
	 * @return the headers, as far as the client tells them
	 */
	HeaderLookup headers();

	/**
	 * Opens the body. Asked for once.
	 * @return the body
	 * @throws IOException if it can't be opened
	 */
	InputStream body() throws IOException;

	/**
	 * Gives up what has not been read. Never throws.
	 */
	void close();

}
