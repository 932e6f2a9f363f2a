// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import org.jspecify.annotations.Nullable;

/**
 * Tells forms with parts from other bodies.
 */
final class Multipart {

	private static final String PREFIX = "multipart/";

	private Multipart() {
	}

	/**
	 * Returns the content type of a form with parts.
	 * @param contentType the body's content type; {@code null} if it has none
	 * @return the same, or {@code null} if it is another one
	 */
	static @Nullable String typeOf(@Nullable String contentType) {
		boolean multipart = contentType != null && contentType.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
		return multipart ? contentType : null;
	}

}
