// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Moves URLs from one base URL to another: some say their version ({@code /v1}), others
 * leave it to the caller.
 */
final class BaseUrls {

	private static final Pattern VERSION = Pattern.compile("/v\\d+[a-z0-9]*");

	private static final Set<String> CREDENTIALS = Set.of("key", "api_key", "api-key", "apikey", "access_token",
			"subscription-key");

	private BaseUrls() {
	}

	static URI withPath(URI url, String path) {
		return build(origin(url), path, url.getRawQuery());
	}

	/**
	 * Returns the URL of the same operation at another provider, without credentials.
	 * @throws IllegalStateException if the other provider has no base URL
	 */
	static URI move(URI url, LlmProvider from, LlmProvider to) {
		URI base = base(to);
		String oldBase = oldBase(url, from);
		String rest = url.getRawPath().substring(oldBase.length());
		String newBase = withoutSlash(base.getRawPath());
		String version = leadingVersion(rest);
		if (isComplete(newBase, to)) {
			rest = rest.substring(version.length());
		}
		else if (version.isEmpty()) {
			newBase += trailingVersion(oldBase);
		}
		return build(origin(base), newBase + rest, withoutCredentials(url.getRawQuery()));
	}

	private static URI base(LlmProvider provider) {
		if (!provider.baseUrls().isEmpty()) {
			return provider.baseUrls().get(0);
		}
		LlmDialect dialect = provider.dialect();
		String host = dialect.hosts()
			.stream()
			.filter((pattern) -> pattern.indexOf('*') < 0)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Provider '%s' needs a base URL".formatted(provider.id())));
		String scheme = host.startsWith("localhost") ? "http" : "https";
		int slash = host.indexOf('/');
		String origin = scheme + "://" + ((slash < 0) ? host : host.substring(0, slash));
		String path = (slash < 0 || !dialect.basePath().isEmpty()) ? dialect.basePath() : host.substring(slash);
		return URI.create(origin + path);
	}

	/** The part of a URL's path that belongs to the provider's base URL. */
	private static String oldBase(URI url, LlmProvider provider) {
		String longest = "";
		for (URI base : provider.baseUrls()) {
			UrlClaim claim = UrlClaim.ofBaseUrl(provider, base);
			if (claim.path().length() > longest.length() && claim.matchesHost(UrlClaim.hostOf(url.getRawAuthority()))
					&& claim.matches(url)) {
				longest = claim.path();
			}
		}
		if (!longest.isEmpty()) {
			return longest;
		}
		String gateway = CloudflareGateway.basePath(url);
		if (gateway != null) {
			return gateway;
		}
		String path = provider.dialect().basePath();
		return url.getRawPath().startsWith(path + "/") ? path : "";
	}

	private static String leadingVersion(String path) {
		Matcher matcher = VERSION.matcher(path);
		return (matcher.lookingAt() && (matcher.end() == path.length() || path.charAt(matcher.end()) == '/'))
				? matcher.group() : "";
	}

	/** Whether a base path needs no version behind it. */
	private static boolean isComplete(String path, LlmProvider provider) {
		return !trailingVersion(path).isEmpty()
				|| (provider.baseUrls().isEmpty() && !provider.dialect().basePath().isEmpty());
	}

	private static String trailingVersion(String path) {
		String last = path.substring(Math.max(0, path.lastIndexOf('/')));
		return VERSION.matcher(last).matches() ? last : "";
	}

	private static String withoutSlash(@Nullable String path) {
		String result = (path != null) ? path : "";
		while (result.endsWith("/")) {
			result = result.substring(0, result.length() - 1);
		}
		return result;
	}

	private static @Nullable String withoutCredentials(@Nullable String query) {
		if (query == null) {
			return null;
		}
		String rest = Arrays.stream(query.split("&"))
			.filter((parameter) -> !CREDENTIALS.contains(parameter.replaceFirst("=.*", "").toLowerCase(Locale.ROOT)))
			.collect(Collectors.joining("&"));
		return rest.isEmpty() ? null : rest;
	}

	private static String origin(URI url) {
		return url.getScheme() + "://" + url.getRawAuthority();
	}

	private static URI build(String origin, String path, @Nullable String query) {
		return URI.create(origin + path + ((query != null) ? "?" + query : ""));
	}

}
