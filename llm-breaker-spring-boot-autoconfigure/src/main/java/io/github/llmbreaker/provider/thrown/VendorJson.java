// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

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
