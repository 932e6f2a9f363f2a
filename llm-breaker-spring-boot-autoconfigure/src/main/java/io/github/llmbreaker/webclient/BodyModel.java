// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpEntity;

/**
 * Asks the bodies that Spring writes for their model.
 */
final class BodyModel {

	private BodyModel() {
	}

	/**
	 * Asks a body object for its model.
	 */
	static @Nullable String of(Object body, @Nullable String contentType) {
		try {
			if (body instanceof DataBuffer buffer) {
				return ofBytes(buffer, contentType);
			}
			if (body instanceof byte[] bytes) {
				return RequestModels.scan(ByteBuffer.wrap(bytes), contentType);
			}
			return (body instanceof Map<?, ?> map) ? ofMap(map) : RequestModels.of(body);
		}
		catch (Throwable ex) {
			// A body of any class runs code of the application, which may throw anything.
			return null;
		}
	}

	private static @Nullable String ofBytes(DataBuffer buffer, @Nullable String contentType) {
		try (DataBuffer.ByteBufferIterator pieces = buffer.readableByteBuffers()) {
			return pieces.hasNext() ? RequestModels.scan(pieces.next(), contentType) : null;
		}
	}

	private static @Nullable String ofMap(Map<?, ?> map) {
		Object value = map.get("model");
		if (value instanceof Collection<?> values && values.size() == 1) {
			value = values.iterator().next();
		}
		if (value instanceof HttpEntity<?> part) {
			value = part.getBody();
		}
		return (value instanceof CharSequence text) ? text.toString() : RequestModels.of(map);
	}

}
