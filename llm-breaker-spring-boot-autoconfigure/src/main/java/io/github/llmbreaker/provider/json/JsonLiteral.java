// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Finds the end of a number or a bare word that comes in slices, and tells whether JSON
 * has such a thing.
 * <p>
 * {@code NaN} and {@code Infinity} are let through: some servers write them for
 * probabilities, and most clients read them.
 */
final class JsonLiteral {

	private static final byte[][] WORDS = Stream.of("null", "true", "false", "NaN", "Infinity", "-Infinity")
		.map((word) -> word.getBytes(StandardCharsets.US_ASCII))
		.toArray(byte[][]::new);

	private static final int MAX_WORD = 9;

	private final byte[] word = new byte[MAX_WORD];

	/** Counts up to one more than the longest word. */
	private int length;

	private boolean number;

	/** A literal begins with this byte, which is also the first to be read. */
	void start(byte first) {
		this.length = 0;
		this.number = JsonKind.of(first) == JsonKind.NUMBER;
	}

	/**
	 * Reads to the end of the literal or of the slice.
	 * @return the index of what stands behind it, or {@code to}
	 */
	int read(byte[] bytes, int from, int to) {
		int i = from;
		for (; i < to && !isDelimiter(bytes[i]); i++) {
			if (this.length < MAX_WORD) {
				this.word[this.length] = bytes[i];
			}
			this.length = Math.min(this.length, MAX_WORD) + 1;
			this.number &= isNumberPart(bytes[i]);
		}
		return i;
	}

	private static boolean isDelimiter(byte b) {
		return switch (b) {
			case ',', '}', ']', '"', '{', '[' -> true;
			default -> b >= 0 && b <= ' ';
		};
	}

	static boolean isNumberPart(byte b) {
		return switch (b) {
			case '.', 'e', 'E', '+' -> true;
			default -> JsonKind.of(b) == JsonKind.NUMBER;
		};
	}

	/** Whether what was read is a number or a word of JSON, given that it ends here. */
	boolean isValid() {
		if (this.number) {
			return true;
		}
		for (byte[] known : WORDS) {
			if (known.length == this.length && Arrays.equals(known, 0, this.length, this.word, 0, this.length)) {
				return true;
			}
		}
		return false;
	}

}
