// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.llmbreaker.provider.json.ByteSlices;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Finds the model that a request body names, {@code null} if it names none, without
 * changing or copying the body.
 *
 * @since 0.1.0
 */
public final class RequestModels {

	/** What names the model, in this order: some APIs know other ways to say it. */
	static final List<String> MEMBERS = List.of("model", "models", "agent_id", "model_id");

	private RequestModels() {
	}

	/**
	 * Asks a body object for its model: a record, bean, map, form or Jackson tree (2 or
	 * 3), or JSON as text or bytes.
	 */
	public static @Nullable String of(Object body) {
		if (body instanceof CharSequence text) {
			return scan(text);
		}
		if (body instanceof byte[] bytes) {
			return scan(ByteBuffer.wrap(bytes));
		}
		if (body instanceof ByteBuffer buffer) {
			return scan(buffer);
		}
		for (String name : MEMBERS) {
			String model = ModelName.of(BodyMembers.get(body, name));
			if (model != null) {
				return model;
			}
		}
		return null;
	}

	/**
	 * Scans JSON, or its beginning, up to its top-level {@code model} member. Position
	 * and limit stay as they are.
	 */
	public static @Nullable String scan(ByteBuffer json) {
		return ModelScan.read(json);
	}

	/** Scans JSON, or its beginning, up to its top-level {@code model} member. */
	public static @Nullable String scan(CharSequence json) {
		return ModelScan.read(json);
	}

	/** Scans a body; JSON is assumed unless the type says that it is a multipart form. */
	public static @Nullable String scan(ByteBuffer body, @Nullable String contentType) {
		return (contentType != null && isMultipart(contentType)) ? scanMultipart(body, contentType) : scan(body);
	}

	static boolean isMultipart(String contentType) {
		return StringUtils.startsWithIgnoreCase(contentType, "multipart/");
	}

	/**
	 * Scans an encoded multipart form for its {@code model} part; the content type names
	 * the boundary.
	 */
	public static @Nullable String scanMultipart(ByteBuffer form, String contentType) {
		MultipartScan scan = MultipartScan.of(contentType);
		if (scan == null) {
			return null;
		}
		new ByteSlices().read(form, scan);
		return scan.model();
	}

}
