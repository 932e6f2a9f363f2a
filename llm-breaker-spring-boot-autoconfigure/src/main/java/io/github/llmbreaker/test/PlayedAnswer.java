// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is written for a request. The connection is closed afterwards; to a client a body
 * in chunks that has no last one is cut then.
 */
record PlayedAnswer(byte[] bytes) {

	private static final String LINE = "\r\n";

	static PlayedAnswer whole(int status, Map<String, String> headers, String body) {
		if (status < 200 || status > 599) {
			throw new IllegalArgumentException("Status must be from 200 to 599, but was %d".formatted(status));
		}
		byte[] content = body.getBytes(StandardCharsets.UTF_8);
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.put("Content-Type", "application/json");
		all.putAll(headers);
		all.put("Content-Length", String.valueOf(content.length));
		return new PlayedAnswer(join(head(status, all), content));
	}

	static PlayedAnswer cut(String beginning) {
		byte[] content = beginning.getBytes(StandardCharsets.UTF_8);
		String size = Integer.toHexString(content.length).toLowerCase(Locale.ROOT) + LINE;
		byte[] head = head(200, Map.of("Content-Type", "text/event-stream", "Transfer-Encoding", "chunked"));
		return new PlayedAnswer(join(head, ascii(size), content, ascii(LINE)));
	}

	private static byte[] head(int status, Map<String, String> headers) {
		StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Played" + LINE);
		headers.forEach((name, value) -> head.append(line(name)).append(": ").append(line(value)).append(LINE));
		return ascii(head.append("Connection: close").append(LINE).append(LINE).toString());
	}

	private static String line(String text) {
		if (text.chars().anyMatch((c) -> c < ' ')) {
			throw new IllegalArgumentException("A header must be one line");
		}
		return text;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

}
