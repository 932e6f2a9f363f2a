// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

/**
 * Hands text on as UTF-8 in small slices, without encoding more than is asked for.
 *
 * @since 0.1.0
 */
public final class TextSlices {

	private static final int CHARS = 1024;

	private static final int MAX_BYTES_PER_CHAR = 3;

	private final char[] chars = new char[CHARS];

	private final byte[] bytes = new byte[CHARS * MAX_BYTES_PER_CHAR];

	/**
	 * Reads a text, or as much of it as the sink needs.
	 * @param text the text
	 * @param sink where its bytes go
	 */
	public void read(CharSequence text, ByteSink sink) {
		int length = text.length();
		for (int i = 0; i < length && !sink.isSated();) {
			int count = Math.min(CHARS, length - i);
			copy(text, i, count);
			if (count > 1 && Character.isHighSurrogate(this.chars[count - 1])) {
				// its other half comes first in the next slice then
				count--;
			}
			sink.onBytes(this.bytes, 0, encode(count));
			i += count;
		}
	}

	private void copy(CharSequence text, int from, int count) {
		if (text instanceof String string) {
			string.getChars(from, from + count, this.chars, 0);
			return;
		}
		for (int i = 0; i < count; i++) {
			this.chars[i] = text.charAt(from + i);
		}
	}

	private int encode(int count) {
		int length = 0;
		for (int i = 0; i < count; i++) {
			char c = this.chars[i];
			if (c < 0x80) {
				this.bytes[length++] = (byte) c;
			}
			else if (c < 0x800) {
				this.bytes[length++] = (byte) (0xC0 | c >> 6);
				this.bytes[length++] = (byte) (0x80 | c & 0x3F);
			}
			else if (!Character.isSurrogate(c)) {
				this.bytes[length++] = (byte) (0xE0 | c >> 12);
				this.bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
				this.bytes[length++] = (byte) (0x80 | c & 0x3F);
			}
			else if (isPair(i, count)) {
				length = encodePair(Character.toCodePoint(c, this.chars[++i]), length);
			}
			else {
				this.bytes[length++] = '?';
			}
		}
		return length;
	}

	private boolean isPair(int i, int count) {
		return i + 1 < count && Character.isSurrogatePair(this.chars[i], this.chars[i + 1]);
	}

	private int encodePair(int codePoint, int at) {
		this.bytes[at] = (byte) (0xF0 | codePoint >> 18);
		this.bytes[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
		this.bytes[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
		this.bytes[at + 3] = (byte) (0x80 | codePoint & 0x3F);
		return at + 4;
	}

}
