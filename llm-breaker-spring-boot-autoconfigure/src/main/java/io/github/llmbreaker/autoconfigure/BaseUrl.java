// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Reads the base URLs of providers.
 */
final class BaseUrl {

	private static final String EXAMPLE = "Set it to a URL such as http://vllm.internal:8000/v1.";

	private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

	private BaseUrl() {
	}

	/**
	 * Reads a URL.
	 * @param check what it belongs to
	 * @param key the key it is the value of
	 * @param text the value
	 * @return the URL
	 */
	static URI parse(PropertyCheck check, String key, String text) {
		URI url = parse(text);
		if (url == null || !DEFAULT_PORTS.containsKey(scheme(url)) || url.getHost() == null) {
			throw check.invalid(key, text, "must be an http or https URL with a host", EXAMPLE);
		}
		if (url.getRawUserInfo() != null) {
			throw check.invalid(key, null, "must not hold credentials", "Remove them; keys belong to 'api-key'.");
		}
		if (url.getRawQuery() != null || url.getRawFragment() != null) {
			throw check.invalid(key, null, "must not have a query or fragment", EXAMPLE);
		}
		return url;
	}

	/**
	 * Returns the form in which two URLs are equal when they claim the same.
	 * @param url the URL
	 * @return lower-case scheme and host, explicit port, no slash at the end
	 */
	static URI canonical(URI url) {
		int port = (url.getPort() >= 0) ? url.getPort() : DEFAULT_PORTS.getOrDefault(scheme(url), -1);
		String path = StringUtils.trimTrailingCharacter(url.getRawPath(), '/');
		return URI.create("//" + url.getHost().toLowerCase(Locale.ROOT) + ':' + port + path);
	}

	private static String scheme(URI url) {
		return (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
	}

	private static @Nullable URI parse(String text) {
		try {
			return new URI(text.strip());
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
