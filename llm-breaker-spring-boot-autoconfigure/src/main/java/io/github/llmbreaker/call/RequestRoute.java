// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;

/**
 * Where one attempt over HTTP goes.
 *
 * @param dialect how the provider there speaks
 * @param rewrite what changes; {@code null} if the request goes where it was made for
 * @since 0.1.0
 */
public record RequestRoute(LlmDialect dialect, @Nullable RequestRewrite rewrite) {

	private static final String MULTIPART = "multipart/";

	/**
	 * Returns the body to send there.
	 * @param body the body as it was made
	 * @param contentType its content type; {@code null} if it has none
	 * @return the same array, or a copy that names another model
	 */
	public byte[] body(byte[] body, @Nullable String contentType) {
		RequestRewrite change = this.rewrite;
		if (change == null || body.length == 0) {
			return body;
		}
		boolean multipart = contentType != null && contentType.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
		return multipart ? change.multipart(body, String.valueOf(contentType)) : change.json(body);
	}

}
