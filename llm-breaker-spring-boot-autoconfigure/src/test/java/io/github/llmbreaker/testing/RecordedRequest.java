// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it arrived at the {@link FakeLlmServer}.
 *
 * @param method the HTTP method
 * @param path the raw path with query
 * @param headers the headers, names in lower case, of repeated ones the last
 * @param body the body's bytes
 * @param head all of the head as it was sent, with repeated headers
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordedRequest(String method, String path, Map<String, String> headers, byte[] body, String head) {

	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	public String header(String name) {
		return this.headers.get(name.toLowerCase(Locale.ROOT));
	}

}
