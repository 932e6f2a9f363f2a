// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Copies the bytes of buffers, which stay as they are.
 */
final class BufferBytes {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	/**
	 * Appends the readable bytes of a buffer.
	 */
	void append(DataBuffer buffer) {
		append(buffer, Integer.MAX_VALUE);
	}

	/**
	 * Appends the readable bytes of a buffer.
	 * @param limit how many there may be in total
	 */
	void append(DataBuffer buffer, int limit) {
		int length = Math.min(buffer.readableByteCount(), limit - this.bytes.size());
		if (length > 0) {
			byte[] copy = new byte[length];
			buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(copy), 0, length);
			this.bytes.writeBytes(copy);
		}
	}

	int size() {
		return this.bytes.size();
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

}
