// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a header such as {@code multipart/form-data; boundary="x"}.
 */
final class FormParameters {

	private static final Pattern PARAMETER = Pattern
		.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;]*))");

	private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

	private FormParameters() {
	}

	static @Nullable String find(String header, String name) {
		Matcher matcher = PARAMETER.matcher(header);
		while (matcher.find()) {
			if (matcher.group(1).equalsIgnoreCase(name)) {
				String quoted = matcher.group(2);
				return (quoted != null) ? ESCAPED.matcher(quoted).replaceAll("$1") : matcher.group(3).strip();
			}
		}
		return null;
	}

}
