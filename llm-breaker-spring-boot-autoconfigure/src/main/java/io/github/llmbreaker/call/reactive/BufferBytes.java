// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.call.AnswerWatch;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBuffer;

/**
 * Copies the bytes of buffers, which stay as they are. Takes little more memory than
 * there are bytes.
 */
public final class BufferBytes {

	private static final int BLOCK = 64 * 1024;

	private final List<byte[]> full = new ArrayList<>(1);

	private byte[] last = new byte[0];

	private int used;

	private int size;

	/**
	 * Shows a buffer to who watches the answer.
	 * @return whether it held content
	 */
	static boolean show(DataBuffer buffer, AnswerWatch watch) {
		if (buffer instanceof DefaultDataBuffer known) {
			// of one piece, without a read-only view and an iterator
			return watch.see(known.getNativeBuffer());
		}
		try (DataBuffer.ByteBufferIterator pieces = buffer.readableByteBuffers()) {
			return watch.see(pieces);
		}
	}

	/** Appends the readable bytes of a buffer. */
	public void append(DataBuffer buffer) {
		append(buffer, Integer.MAX_VALUE);
	}

	/**
	 * Appends the readable bytes of a buffer.
	 * @param limit how many there may be in total
	 */
	public void append(DataBuffer buffer, int limit) {
		int length = Math.min(buffer.readableByteCount(), limit - this.size);
		int from = buffer.readPosition();
		while (length > 0) {
			makeRoom(length);
			int part = Math.min(length, this.last.length - this.used);
			buffer.toByteBuffer(from, ByteBuffer.wrap(this.last), this.used, part);
			from += part;
			length -= part;
			this.used += part;
			this.size += part;
		}
	}

	/** The first block is no larger than needed: most bodies come in one piece. */
	private void makeRoom(int length) {
		if (this.used == this.last.length) {
			if (this.used > 0) {
				this.full.add(this.last);
			}
			this.last = new byte[(this.size > 0) ? Math.max(BLOCK, length) : length];
			this.used = 0;
		}
	}

	public int size() {
		return this.size;
	}

	public byte[] toByteArray() {
		byte[] all = new byte[this.size];
		int position = 0;
		for (byte[] block : this.full) {
			System.arraycopy(block, 0, all, position, block.length);
			position += block.length;
		}
		System.arraycopy(this.last, 0, all, position, this.used);
		return all;
	}

}
