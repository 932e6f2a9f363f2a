// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.llmbreaker.provider.json.ByteSlices;
import org.jspecify.annotations.Nullable;

/**
 * Finds the model that a request body names, without changing or copying the body.
 *
 * @since 0.1.0
 */
public final class RequestModels {

	private static final String MULTIPART = "multipart/";

	/** What names the model, in this order: some APIs know other ways to say it. */
	static final List<String> MEMBERS = List.of("model", "models", "agent_id", "model_id");

	private RequestModels() {
	}

	/**
	 * Asks a body object for its model: a record, bean, map, form or Jackson tree (2 or
	 * 3), or JSON as text or bytes.
	 * @param body the object
	 * @return the model; {@code null} if it names none
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
	 * Scans JSON up to its top-level {@code model} member.
	 * @param json the bytes, from position to limit, which stay as they are; may be only
	 * the beginning
	 * @return the model; {@code null} if it names none
	 */
	public static @Nullable String scan(ByteBuffer json) {
		return ModelScan.read(json);
	}

	/**
	 * Scans JSON up to its top-level {@code model} member.
	 * @param json the text; may be only the beginning
	 * @return the model; {@code null} if it names none
	 */
	public static @Nullable String scan(CharSequence json) {
		return ModelScan.read(json);
	}

	/**
	 * Scans a body of either kind.
	 * @param body the bytes, from position to limit, which stay as they are
	 * @param contentType the body's content type; JSON is assumed unless it is a
	 * multipart form
	 * @return the model; {@code null} if it names none
	 */
	public static @Nullable String scan(ByteBuffer body, @Nullable String contentType) {
		return (contentType != null && isMultipart(contentType)) ? scanMultipart(body, contentType) : scan(body);
	}

	static boolean isMultipart(String contentType) {
		return contentType.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
	}

	/**
	 * Scans an encoded multipart form for its {@code model} part.
	 * @param form the bytes, from position to limit, which stay as they are
	 * @param contentType the content type that names the boundary
	 * @return the model; {@code null} if it names none
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
