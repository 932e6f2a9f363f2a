// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.ByteBuffer;

/**
 * Hands the content of buffers on as arrays: their own where there is one, otherwise a
 * small scratch array that is used again and again.
 *
 * @since 0.1.0
 */
public final class ByteSlices {

	/** Enough for what networks deliver at once: fewer events are cut. */
	private static final int MAX_SCRATCH = 16 * 1024;

	private static final int MIN_SCRATCH = 1024;

	private static final byte[] NONE = {};

	private byte[] scratch = NONE;

	/** Reads from position to limit, or until the sink knows enough; both stay. */
	public void read(ByteBuffer buffer, ByteSink sink) {
		if (buffer.hasArray()) {
			int from = buffer.arrayOffset() + buffer.position();
			sink.onBytes(buffer.array(), from, from + buffer.remaining());
			return;
		}
		byte[] bytes = scratch(buffer.remaining());
		int limit = buffer.limit();
		for (int i = buffer.position(); i < limit && !sink.isSated(); i += bytes.length) {
			int length = Math.min(bytes.length, limit - i);
			buffer.get(i, bytes, 0, length);
			sink.onBytes(bytes, 0, length);
		}
	}

	private byte[] scratch(int length) {
		int wanted = Math.max(MIN_SCRATCH, Math.min(length, MAX_SCRATCH));
		if (this.scratch.length < wanted) {
			// the next power of two
			this.scratch = new byte[Integer.highestOneBit(wanted * 2 - 1)];
		}
		return this.scratch;
	}

}
