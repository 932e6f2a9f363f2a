// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import io.github.llmbreaker.provider.HeaderLookup;

/**
 * What an exception knows of the answer behind it.
 *
 * @param status the HTTP status
 * @param headers the headers, as far as the exception has them
 * @param body the body; empty if the exception does not have it
 * @param endpoint the canonical name of an endpoint whose answers look like this one
 */
@SuppressWarnings("ArrayRecordComponent")
record ThrownAnswer(int status, HeaderLookup headers, byte[] body, String endpoint) {

	static final HeaderLookup NO_HEADERS = (name) -> null;

	ThrownAnswer(int status, HeaderLookup headers, byte[] body) {
		this(status, headers, body, "unknown");
	}

}
