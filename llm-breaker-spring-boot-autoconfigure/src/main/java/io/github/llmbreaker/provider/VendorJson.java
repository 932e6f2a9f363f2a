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

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * Turns what vendors' libraries keep of an error body back into JSON.
 */
final class VendorJson {

	private static final String TREE = "com.fasterxml.jackson.databind.JsonNode";

	private VendorJson() {
	}

	/**
	 * Returns the JSON of a value that can be converted to a tree.
	 * @return the text, or {@code null} if there is no value
	 */
	static @Nullable String text(@Nullable Object value) {
		if (value == null) {
			return null;
		}
		try {
			Class<?> tree = Class.forName(TREE, false, value.getClass().getClassLoader());
			Object converted = Getter.value(value, "convert", tree);
			return (converted != null) ? converted.toString() : null;
		}
		catch (ClassNotFoundException ex) {
			return null;
		}
	}

	static String quote(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		String text = value.toString();
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				quoted.append('\\').append(c);
			}
			else {
				quoted.append((c < ' ') ? ' ' : c);
			}
		}
		return quoted.append('"').toString();
	}

}
