// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a number or a bare word that comes in slices, and tells whether JSON
 * has such a thing.
 * <p>
 * {@code NaN} and {@code Infinity} are let through: some servers write them for
 * probabilities, and most clients read them.
 */
final class JsonLiteral {

	private static final byte WORD = 0;

	private static final byte NUMBER = 1;

	private static final byte DELIMITER = 2;

	/** What a byte is, by its unsigned value. */
	private static final byte[] KINDS = kinds();

	private static final byte[] NOTHING = {};

	private static final byte[] INFINITY = ascii("Infinity");

	private static final byte[] NAN = ascii("NaN");

	private static final byte[] NULL = ascii("null");

	private static final byte[] TRUE = ascii("true");

	private static final byte[] FALSE = ascii("false");

	/** The word that this has to be; {@code null} for a number. */
	private byte @Nullable [] word;

	private int length;

	private boolean negative;

	private boolean valid;

	private static byte[] kinds() {
		byte[] kinds = new byte[256];
		for (int b = 0; b <= ' '; b++) {
			kinds[b] = DELIMITER;
		}
		for (byte b : ascii(",}]\"{[")) {
			kinds[b] = DELIMITER;
		}
		for (byte b : ascii("0123456789+-.eE")) {
			kinds[b] = NUMBER;
		}
		return kinds;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * A literal begins.
	 * @param first its first byte, which is also the first to be read
	 */
	void start(byte first) {
		this.length = 0;
		this.valid = true;
		this.negative = first == '-';
		this.word = switch (first) {
			case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> null;
			case 'n' -> NULL;
			case 't' -> TRUE;
			case 'f' -> FALSE;
			case 'N' -> NAN;
			case 'I' -> INFINITY;
			default -> NOTHING;
		};
	}

	/**
	 * Reads to the end of the literal or of the slice.
	 * @return the index of what stands behind it, or {@code to}
	 */
	int read(byte[] bytes, int from, int to) {
		int end = (this.word == null) ? number(bytes, from, to) : from;
		while (end < to && KINDS[bytes[end] & 0xFF] != DELIMITER) {
			compare(bytes[end++]);
		}
		return end;
	}

	private int number(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to && KINDS[bytes[i] & 0xFF] == NUMBER) {
			i++;
		}
		this.length += i - from;
		if (i < to && KINDS[bytes[i] & 0xFF] == WORD) {
			// only a sign can stand before a word
			this.word = (this.negative && this.length == 1) ? INFINITY : NOTHING;
			this.length = 0;
		}
		return i;
	}

	private void compare(byte b) {
		byte[] expected = this.word;
		this.valid &= expected != null && this.length < expected.length && expected[this.length] == b;
		this.length++;
	}

	/**
	 * Whether what was read is a number or a word of JSON, given that it ends here.
	 */
	boolean isValid() {
		return this.valid && (this.word == null || this.length == this.word.length);
	}

}
