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
