// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.ByteBuffer;

import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The beginning of a request body that comes in several buffers, none of which it keeps.
 */
final class BodyBeginning {

	private final int limit;

	private @Nullable BufferBytes seen;

	BodyBeginning(int limit) {
		this.limit = limit;
	}

	boolean isFull() {
		return this.seen != null && this.seen.size() >= this.limit;
	}

	/**
	 * Looks for the model in all that has been seen and the next buffer.
	 */
	@Nullable String modelWith(DataBuffer next, @Nullable String contentType) {
		if (this.seen == null) {
			String model = modelOf(next, contentType);
			this.seen = new BufferBytes();
			this.seen.append(next, this.limit);
			return model;
		}
		this.seen.append(next, this.limit);
		return RequestModels.scan(ByteBuffer.wrap(this.seen.toByteArray()), contentType);
	}

	/**
	 * Looks for the model in one buffer.
	 */
	static @Nullable String modelOf(DataBuffer buffer, @Nullable String contentType) {
		try (DataBuffer.ByteBufferIterator pieces = buffer.readableByteBuffers()) {
			return pieces.hasNext() ? RequestModels.scan(pieces.next(), contentType) : null;
		}
	}

}
