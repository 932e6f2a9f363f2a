// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Fuseable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * What the body of a request says about its model, found by letting the body insert
 * itself into a request that is never sent.
 *
 * @param model the model; {@code null} if the body names none, or only its publisher
 * knows
 * @param deferred the publisher that has to be asked; {@code null} if there is nothing to
 * ask
 */
record ModelProbe(@Nullable String model, @Nullable Publisher<?> deferred) {

	static final ModelProbe NOTHING = new ModelProbe(null, null);

	/**
	 * Looks at the body of a request, which stays as it is.
	 */
	static ModelProbe of(ClientRequest request) {
		try {
			ProbedRequest probed = new ProbedRequest(request);
			request.body().insert(probed, ProbingWriter.CONTEXT);
			Publisher<?> body = probed.body();
			return (body != null) ? of(body, request) : NOTHING;
		}
		catch (Throwable ex) {
			// The real write will fail in the same way, and tell the caller.
			return NOTHING;
		}
	}

	private static ModelProbe of(Publisher<?> body, ClientRequest request) throws Exception {
		// Other callables than scalar ones do work when called, which is the writer's.
		if (!(body instanceof Fuseable.ScalarCallable<?> scalar)) {
			return new ModelProbe(null, body);
		}
		Object value = scalar.call();
		boolean raw = value instanceof DataBuffer || value instanceof byte[];
		String model = (value != null) ? modelOf(value, raw ? contentType(request) : null) : null;
		return (model != null) ? new ModelProbe(model, null) : NOTHING;
	}

	/**
	 * Asks a body object for its model.
	 */
	static @Nullable String modelOf(Object body, @Nullable String contentType) {
		try {
			if (body instanceof DataBuffer buffer) {
				return BodyBeginning.modelOf(buffer, contentType);
			}
			if (body instanceof byte[] bytes) {
				return RequestModels.scan(ByteBuffer.wrap(bytes), contentType);
			}
			return (body instanceof Map<?, ?> map) ? modelOf(map) : RequestModels.of(body);
		}
		catch (Throwable ex) {
			// A body of any class runs code of the application, which may throw anything.
			return null;
		}
	}

	private static @Nullable String modelOf(Map<?, ?> map) {
		Object value = map.get("model");
		if (value instanceof Collection<?> values && values.size() == 1) {
			value = values.iterator().next();
		}
		if (value instanceof HttpEntity<?> part) {
			value = part.getBody();
		}
		return (value instanceof CharSequence text) ? text.toString() : RequestModels.of(map);
	}

	static @Nullable String contentType(ClientRequest request) {
		return request.headers().getFirst(HttpHeaders.CONTENT_TYPE);
	}

}
