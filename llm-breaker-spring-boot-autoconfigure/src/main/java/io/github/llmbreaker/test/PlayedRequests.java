// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads requests of HTTP/1.1 to their end and keeps nothing of them but the path.
 */
final class PlayedRequests {

	private static final String LENGTH = "content-length:";

	private static final String CODING = "transfer-encoding:";

	private PlayedRequests() {
	}

	/**
	 * Returns the path of a request; {@code null} if the connection was closed before.
	 */
	static @Nullable String read(InputStream in) throws IOException {
		String start = line(in);
		if (start.isEmpty()) {
			return null;
		}
		long length = 0;
		boolean chunked = false;
		for (String header = line(in); !header.isEmpty(); header = line(in)) {
			String lower = header.toLowerCase(Locale.ROOT);
			if (lower.startsWith(LENGTH)) {
				length = Long.parseLong(lower.substring(LENGTH.length()).strip());
			}
			chunked |= lower.startsWith(CODING);
		}
		if (chunked) {
			skipChunks(in);
		}
		else {
			in.skipNBytes(length);
		}
		String[] parts = start.split(" ");
		return (parts.length > 1) ? parts[1] : null;
	}

	static String firstSegment(String path) {
		return path.replaceFirst("^/", "").replaceFirst("[/?].*", "");
	}

	private static void skipChunks(InputStream in) throws IOException {
		long size;
		do {
			size = Long.parseLong(line(in).replaceFirst(";.*", "").strip(), 16);
			in.skipNBytes(size);
			line(in);
		}
		while (size > 0);
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int b = in.read(); b != '\n'; b = in.read()) {
			if (b < 0) {
				if (line.isEmpty()) {
					return "";
				}
				throw new EOFException();
			}
			if (b != '\r') {
				line.append((char) b);
			}
		}
		return line.toString();
	}

}
