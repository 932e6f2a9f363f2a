// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Finds the credential that a request carries, so that calls with different ones can be
 * told apart.
 *
 * @since 0.1.0
 */
public final class RequestCredentials {

	/** By which credentials are sent, besides the header of the dialect itself. */
	private static final String[] HEADERS = { "Authorization", "x-api-key", "api-key", "x-goog-api-key" };

	private static final String AWS_SCHEME = "AWS4-";

	private static final String AWS_KEY_ID = "Credential=";

	private RequestCredentials() {
	}

	/**
	 * Finds the credential of a request.
	 * @param keyHeader the header by which the provider wants it; looked at first
	 * @param keyParameter the query parameter by which it may be sent as well;
	 * {@code null} if there is none
	 * @param headers the request's headers
	 * @param url where it goes
	 * @return the credential without its scheme, a secret; {@code null} if there is none
	 */
	public static @Nullable String find(String keyHeader, @Nullable String keyParameter, HeaderLookup headers,
			URI url) {
		String found = plain(headers.first(keyHeader));
		if (found == null && keyParameter != null) {
			found = parameter(url.getRawQuery(), keyParameter);
		}
		for (int i = 0; found == null && i < HEADERS.length; i++) {
			found = plain(headers.first(HEADERS[i]));
		}
		return found;
	}

	/**
	 * Returns what a header says besides its scheme, such as {@code Bearer}. Of a request
	 * that is signed this is who signed it: the signature is never the same twice.
	 */
	static @Nullable String plain(@Nullable String header) {
		if (header == null || header.isBlank()) {
			return null;
		}
		String value = header.strip();
		if (value.startsWith(AWS_SCHEME)) {
			return signer(value);
		}
		return value.substring(value.indexOf(' ') + 1).strip();
	}

	private static String signer(String value) {
		int start = value.indexOf(AWS_KEY_ID);
		int end = (start < 0) ? -1 : value.indexOf('/', start);
		return (end < 0) ? AWS_SCHEME : value.substring(start + AWS_KEY_ID.length(), end);
	}

	private static @Nullable String parameter(@Nullable String query, String name) {
		int start = (query != null) ? 0 : -1;
		while (query != null && start >= 0 && start < query.length()) {
			int end = query.indexOf('&', start);
			int stop = (end < 0) ? query.length() : end;
			int value = start + name.length() + 1;
			if (value < stop && query.charAt(value - 1) == '=' && query.startsWith(name, start)) {
				return UrlClaim.decoded(query.substring(value, stop));
			}
			start = (end < 0) ? -1 : end + 1;
		}
		return null;
	}

}
