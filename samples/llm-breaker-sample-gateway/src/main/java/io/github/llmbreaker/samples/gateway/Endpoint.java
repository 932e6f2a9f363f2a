// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * What callers can ask for.
 *
 * @param path what follows the base URL of the upstream
 * @param format how streamed answers end
 */
record Endpoint(String path, StreamFormat format) {

	private static final String PREFIX = "/v1";

	private static final String MODELS = "/models";

	private static final Set<String> POST = Set.of("/embeddings", "/moderations");

	/**
	 * Finds the endpoint of a request.
	 * @param method the method
	 * @param rawPath the path as it came
	 * @return the endpoint, or {@code null} if the gateway has none there
	 */
	static @Nullable Endpoint find(HttpMethod method, String rawPath) {
		if (!rawPath.startsWith(PREFIX)) {
			return null;
		}
		String path = rawPath.substring(PREFIX.length());
		if (HttpMethod.POST.equals(method)) {
			return posted(path);
		}
		boolean models = path.equals(MODELS) || path.startsWith(MODELS + "/") && isName(path, MODELS.length() + 1);
		return (HttpMethod.GET.equals(method) && models) ? new Endpoint(path, StreamFormat.OTHER) : null;
	}

	private static @Nullable Endpoint posted(String path) {
		return switch (path) {
			case "/chat/completions", "/completions" -> new Endpoint(path, StreamFormat.CHOICES);
			case "/responses" -> new Endpoint(path, StreamFormat.TYPED);
			default -> (POST.contains(path) || isBelow(path, "/images/") || isBelow(path, "/audio/"))
					? new Endpoint(path, StreamFormat.OTHER) : null;
		};
	}

	private static boolean isBelow(String path, String parent) {
		int start = parent.length();
		return path.startsWith(parent) && path.length() > start
				&& path.chars().skip(start).allMatch((c) -> c >= 'a' && c <= 'z' || c == '_' || c == '-');
	}

	/** Names may hold slashes, but must not climb out of where they are. */
	private static boolean isName(String path, int start) {
		for (String segment : path.substring(start).split("/", -1)) {
			String plain = segment.replaceAll("(?i)%2e", ".").replaceAll("(?i)%5c|%2f", "/");
			if (plain.isEmpty() || ("/" + plain + "/").contains("/./") || ("/" + plain + "/").contains("/../")) {
				return false;
			}
		}
		return true;
	}

}
