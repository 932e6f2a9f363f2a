// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Reads the headers of providers. Their values are secrets: no message shows one.
 */
final class ProviderHeaders {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f&&[^\\t]]");

	private ProviderHeaders() {
	}

	/**
	 * Reads headers.
	 * @param check what they belong to
	 * @param configured what is configured, by name
	 * @return the headers that have a value
	 */
	static Map<String, String> parse(PropertyCheck check, @Nullable Map<String, String> configured) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		if (configured != null) {
			configured.forEach((name, value) -> add(headers, check.entry(name), name, value));
		}
		return headers;
	}

	private static void add(Map<String, String> headers, PropertyCheck check, String name, @Nullable String value) {
		if (!NAME.matcher(name).matches()) {
			throw check.failure(null, "must be named like an HTTP header",
					"Rename it, for example to X-Tenant; names with other characters than letters, digits and hyphens "
							+ "are written in brackets: \"[x_tenant]\".");
		}
		if (RequestRewrite.isFraming(name)) {
			throw check.failure(null, "must not be set, as only the HTTP client knows its value", "Remove it.");
		}
		if (value == null || !StringUtils.hasText(value)) {
			return;
		}
		if (CONTROL.matcher(value.strip()).find()) {
			throw check.failure(null, "must not hold line breaks or other control characters", "Remove them.");
		}
		if (headers.put(name, value.strip()) != null) {
			throw check.failure(null, "is there twice", "Remove one of the two; the case of letters is no difference.");
		}
	}

}
