/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
