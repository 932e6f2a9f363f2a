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

	/**
	 * Whether it leads to another provider than the request was made for.
	 * @return whether only a request without what is meant for the first one may go there
	 */
	public boolean isCrossing() {
		return this.rewrite != null && this.rewrite.isOtherProvider();
	}

	/**
	 * Returns the body to send there.
	 * @return the same array, or a copy that names another model
	 */
	public byte[] body(byte[] body, @Nullable String contentType) {
		return (this.rewrite != null) ? this.rewrite.body(body, contentType) : body;
	}

}
