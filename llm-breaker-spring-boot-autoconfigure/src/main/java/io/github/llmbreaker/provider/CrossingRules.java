// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Says what of a request may go along when it is sent to another provider than the one it
 * was made for.
 * <p>
 * Lists what is known to be harmless: by what names credentials are sent, only the
 * application and its gateways know.
 *
 * @since 0.1.0
 */
public final class CrossingRules {

	/** What content is, who asks, traces, and versions of protocols; never an account. */
	private static final Set<String> HEADERS = Set.of("accept", "accept-charset", "accept-encoding", "accept-language",
			"content-type", "content-encoding", "content-language", "user-agent", "date", "cache-control", "pragma",
			"traceparent", "tracestate", "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled",
			"x-b3-flags", "x-request-id", "x-correlation-id", "x-client-request-id", "idempotency-key", "openai-beta",
			"anthropic-version", "anthropic-beta");

	/** What the HTTP client says about the message itself. */
	private static final Set<String> FRAMING = Set.of("host", "connection", "content-length", "transfer-encoding", "te",
			"expect", "upgrade", "http2-settings");

	private static final Set<String> PARAMETERS = Set.of("alt", "api-version", "beta", "stream");

	/** Excludes separators, so that nothing hides behind an allowed parameter. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{0,64}");

	private static final String PATH_PARAMETERS = ";[^/]*";

	private CrossingRules() {
	}

	/**
	 * Whether a header that the application has set may go along.
	 */
	public static boolean passes(String header) {
		return HEADERS.contains(header.toLowerCase(Locale.ROOT));
	}

	/**
	 * Whether a header is the HTTP client's own, made anew for each request.
	 */
	public static boolean isFraming(String header) {
		return FRAMING.contains(header.toLowerCase(Locale.ROOT));
	}

	/**
	 * Returns what of a raw query may go along; {@code null} if nothing.
	 */
	static @Nullable String query(@Nullable String query) {
		if (query == null) {
			return null;
		}
		String rest = Arrays.stream(query.split("&"))
			.filter(CrossingRules::isHarmless)
			.collect(Collectors.joining("&"));
		return rest.isEmpty() ? null : rest;
	}

	private static boolean isHarmless(String parameter) {
		int end = parameter.indexOf('=');
		String name = (end < 0) ? parameter : parameter.substring(0, end);
		return PARAMETERS.contains(UrlClaim.decoded(name).toLowerCase(Locale.ROOT))
				&& PLAIN.matcher(parameter.substring(Math.min(name.length() + 1, parameter.length()))).matches();
	}

	/**
	 * Returns a raw path without the parameters of its segments.
	 */
	static String path(String path) {
		return path.replaceAll(PATH_PARAMETERS, "");
	}

}
