// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A bounded buffer that undoes the escapes of a JSON string, however it is cut.
 *
 * @since 0.1.0
 */
public final class JsonText {

	private static final int INITIAL_SIZE = 64;

	private final int limit;

	private byte[] bytes;

	private int length;

	/** 0 outside, 1 after a backslash, 2 to 5 while digits of a unicode escape come. */
	private int escape;

	private int unit;

	private int highSurrogate;

	JsonText(int limit) {
		this.limit = limit;
		this.bytes = new byte[Math.min(limit, INITIAL_SIZE)];
	}

	void clear() {
		this.length = 0;
		this.escape = 0;
		this.highSurrogate = 0;
	}

	/** Appends a piece of a string, as it stands between the quotes. */
	void append(byte[] source, int from, int to) {
		int i = from;
		while (i < to && this.length < this.limit) {
			if (this.escape != 0) {
				escaped(source[i++]);
				continue;
			}
			int end = ByteSearch.quoteOrBackslash(source, i, to);
			if (end > i) {
				flushSurrogate();
				copy(source, i, end);
			}
			if (end < to) {
				this.escape = (source[end] == '\\') ? 1 : 0;
			}
			i = end + 1;
		}
	}

	private void escaped(byte b) {
		if (this.escape > 1) {
			digit(b);
			return;
		}
		if (b == 'u') {
			this.escape = 2;
			this.unit = 0;
			return;
		}
		this.escape = 0;
		flushSurrogate();
		put(switch (b) {
			case 'n' -> '\n';
			case 't' -> '\t';
			case 'r' -> '\r';
			case 'b' -> '\b';
			case 'f' -> '\f';
			default -> b;
		});
	}

	private void digit(byte b) {
		this.unit = this.unit << 4 | Math.max(0, Character.digit(b, 16));
		if (++this.escape <= 5) {
			return;
		}
		this.escape = 0;
		char c = (char) this.unit;
		if (Character.isHighSurrogate(c)) {
			flushSurrogate();
			this.highSurrogate = c;
		}
		else if (Character.isLowSurrogate(c) && this.highSurrogate != 0) {
			putCodePoint(Character.toCodePoint((char) this.highSurrogate, c));
			this.highSurrogate = 0;
		}
		else {
			flushSurrogate();
			putCodePoint(Character.isLowSurrogate(c) ? '?' : c);
		}
	}

	private void flushSurrogate() {
		if (this.highSurrogate != 0) {
			this.highSurrogate = 0;
			put('?');
		}
	}

	private void putCodePoint(int codePoint) {
		if (codePoint < 0x80) {
			put(codePoint);
			return;
		}
		byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
		copy(encoded, 0, encoded.length);
	}

	private void put(int b) {
		if (this.length < this.limit) {
			ensure(1);
			this.bytes[this.length++] = (byte) b;
		}
	}

	private void copy(byte[] source, int from, int to) {
		int count = Math.min(to - from, this.limit - this.length);
		ensure(count);
		System.arraycopy(source, from, this.bytes, this.length, count);
		this.length += count;
	}

	private void ensure(int more) {
		int needed = this.length + more;
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.min(this.limit, Math.max(needed, this.bytes.length * 2)));
		}
	}

	byte[] bytes() {
		return this.bytes;
	}

	int length() {
		return this.length;
	}

	boolean is(String ascii) {
		if (ascii.length() != this.length) {
			return false;
		}
		for (int i = 0; i < this.length; i++) {
			if (ascii.charAt(i) != this.bytes[i]) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
	}

}
