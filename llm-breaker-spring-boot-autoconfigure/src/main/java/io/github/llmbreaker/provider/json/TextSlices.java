// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Hands text on as UTF-8 in small slices, without encoding more than is asked for.
 *
 * @since 0.1.0
 */
public final class TextSlices {

	private static final int CHARS = 1024;

	private static final int MAX_BYTES_PER_CHAR = 3;

	private final CharBuffer chars = CharBuffer.allocate(CHARS);

	private final ByteBuffer bytes = ByteBuffer.allocate(CHARS * MAX_BYTES_PER_CHAR);

	private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder()
		.onMalformedInput(CodingErrorAction.REPLACE);

	/** Reads a text, or as much of it as the sink needs. */
	public void read(CharSequence text, ByteSink sink) {
		int length = text.length();
		for (int i = 0; i < length && !sink.isSated();) {
			int end = Math.min(length, i + CHARS);
			copy(text, i, end);
			// half of a pair stays for the next slice
			this.encoder.reset().encode(this.chars, this.bytes.clear(), end == length);
			sink.onBytes(this.bytes.array(), 0, this.bytes.position());
			i += this.chars.position();
		}
	}

	private void copy(CharSequence text, int from, int to) {
		this.chars.clear();
		if (text instanceof String string) {
			this.chars.put(string, from, to);
		}
		else {
			for (int i = from; i < to; i++) {
				this.chars.put(text.charAt(i));
			}
		}
		this.chars.flip();
	}

}
