// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.http.HttpHeaders;

/**
 * Which headers pass through the gateway: all but those that are about one of its two
 * connections, and those that are nobody's business on the other side.
 */
final class PassedHeaders {

	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-authenticate",
			"proxy-authorization", "proxy-authentication-info", "proxy-connection", "te", "trailer",
			"transfer-encoding", "upgrade", "expect", "http2-settings");

	/** Bodies are passed without encoding, so that events can be read. */
	private static final Set<String> NOT_SENT = Set.of("host", "content-length", "content-encoding", "accept-encoding",
			"cookie", "authorization", "api-key", "x-api-key", CallerKeys.HEADER, "forwarded", "via", "origin",
			"referer", "if-none-match", "if-modified-since");

	/** What a provider says of its own site does not hold for the gateway's. */
	private static final Set<String> NOT_RETURNED = Set.of("set-cookie", "set-cookie2", "server", "date", "alt-svc",
			"strict-transport-security", "content-security-policy", "report-to", "nel", "via", "content-length");

	private PassedHeaders() {
	}

	static void copyRequest(HttpHeaders from, HttpHeaders to) {
		Set<String> named = namedByConnection(from);
		from.forEach((name, values) -> {
			String key = name.toLowerCase(Locale.ROOT);
			if (!HOP_BY_HOP.contains(key) && !NOT_SENT.contains(key) && !key.startsWith("x-forwarded-")
					&& !key.startsWith("sec-") && !named.contains(key)) {
				to.put(name, values);
			}
		});
	}

	static void copyAnswer(HttpHeaders from, HttpHeaders to) {
		Set<String> named = namedByConnection(from);
		from.forEach((name, values) -> {
			String key = name.toLowerCase(Locale.ROOT);
			if (!HOP_BY_HOP.contains(key) && !NOT_RETURNED.contains(key) && !key.startsWith("access-control-")
					&& !named.contains(key)) {
				to.put(name, values);
			}
		});
	}

	private static Set<String> namedByConnection(HttpHeaders headers) {
		List<String> values = headers.get(HttpHeaders.CONNECTION);
		if (values == null) {
			return Set.of();
		}
		Set<String> names = new HashSet<>();
		for (String value : values) {
			for (String name : value.split(",")) {
				names.add(name.strip().toLowerCase(Locale.ROOT));
			}
		}
		return names;
	}

}
