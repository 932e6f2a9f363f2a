// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes model names out of paths and puts them in.
 */
final class PathModels {

	private static final String UNRESERVED = "-._~@";

	private PathModels() {
	}

	/**
	 * Undoes percent-encoding; a plus is a plus. What can't be decoded stays as it is.
	 */
	static String decode(String segment) {
		if (segment.indexOf('%') < 0) {
			return segment;
		}
		try {
			return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return segment;
		}
	}

	/** Percent-encodes a name so that it is one segment of a path. */
	static String encode(String model) {
		StringBuilder encoded = new StringBuilder(model.length() + 8);
		for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xFF);
			boolean plain = (c < 0x80) && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
			if (plain) {
				encoded.append(c);
			}
			else {
				encoded.append('%').append("%02x".formatted((int) c).toUpperCase(Locale.ROOT));
			}
		}
		return encoded.toString();
	}

	/** Returns the path with the characters from one index to another replaced. */
	static String replace(String path, int from, int to, String model) {
		return path.substring(0, from) + encode(model) + path.substring(to);
	}

	/** Returns where a segment that starts at an index ends. */
	static int endOfSegment(String path, int from) {
		int end = path.indexOf('/', from);
		return (end < 0) ? path.length() : end;
	}

}
