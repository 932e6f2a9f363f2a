// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.langchain4j.exception.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is in memory.
 *
 * @param status its status
 * @param sent its headers; {@code null} or empty if the client does not tell them
 * @param content its body
 */
@SuppressWarnings("ArrayRecordComponent")
record WholeAnswer(int status, @Nullable Map<String, List<String>> sent, byte[] content) implements ClientAnswer {

	static WholeAnswer of(HttpException error) {
		String body = (error.getMessage() != null) ? error.getMessage() : "";
		return new WholeAnswer(error.statusCode(), null, body.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public Map<String, List<String>> allHeaders() {
		return (this.sent != null) ? this.sent : Map.of();
	}

	@Override
	public InputStream body() {
		return new ByteArrayInputStream(this.content);
	}

	@Override
	public void close() {
		// nothing is open
	}

}
