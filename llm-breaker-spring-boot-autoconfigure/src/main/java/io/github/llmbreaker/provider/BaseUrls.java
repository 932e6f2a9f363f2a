// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Moves URLs from one base URL to another: some say their version ({@code /v1}), others
 * leave it to the caller.
 *
 * @since 0.1.0
 */
public final class BaseUrls {

	private static final Pattern VERSION = Pattern.compile("/v\\d+[a-z0-9]*");

	private static final Pattern VERSION_SEGMENT = Pattern.compile(VERSION.pattern() + "(?=/|$)");

	private static final String USUAL_VERSION = "/v1";

	private BaseUrls() {
	}

	/**
	 * Returns a URL with another path and the same query.
	 * @param url the URL
	 * @param path the raw path
	 * @return the other URL
	 */
	public static URI withPath(URI url, String path) {
		return build(origin(url), path, url.getRawQuery());
	}

	/**
	 * Returns the URL of the same operation at another provider, without anything that
	 * could be a credential: of the old one's base URL, user information, query and path
	 * parameters nothing is left but what {@link CrossingRules} let pass.
	 * @param url the URL
	 * @param from whose URL it is
	 * @param to the other provider
	 * @return the URL there
	 * @throws IllegalStateException if the other provider has no base URL
	 */
	public static URI move(URI url, LlmProvider from, LlmProvider to) {
		URI base = base(to);
		String oldBase = oldBase(url, from);
		String rest = url.getRawPath().substring(oldBase.length());
		String newBase = UrlClaim.withoutSlash((base.getRawPath() != null) ? base.getRawPath() : "");
		String version = leadingVersion(rest);
		if (isComplete(newBase, to)) {
			rest = rest.substring(version.length());
		}
		else if (version.isEmpty()) {
			// a version that belongs to the first one's base is its own matter
			boolean builtIn = from.baseUrls().isEmpty() && !from.dialect().basePath().isEmpty();
			newBase += builtIn ? USUAL_VERSION : trailingVersion(oldBase);
		}
		return build(origin(base), newBase + CrossingRules.path(rest), CrossingRules.query(url.getRawQuery()));
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
		if (url.getRawPath().startsWith(path + "/")) {
			return (path.isEmpty() && !isAt(url, provider)) ? beforeVersion(url.getRawPath()) : path;
		}
		// another one of its base paths
		Matcher version = VERSION_SEGMENT.matcher(url.getRawPath());
		return version.find() ? url.getRawPath().substring(0, version.end()) : "";
	}

	/** Whether a URL is one of the provider's, and not only said to be. */
	private static boolean isAt(URI url, LlmProvider provider) {
		String host = UrlClaim.hostOf(url.getRawAuthority());
		Stream<UrlClaim> hosts = provider.dialect()
			.hosts()
			.stream()
			.map((pattern) -> UrlClaim.ofPattern(provider, pattern));
		Stream<UrlClaim> urls = provider.baseUrls().stream().map((base) -> UrlClaim.ofBaseUrl(provider, base));
		return Stream.concat(hosts, urls).anyMatch((claim) -> claim.matchesHost(host) && claim.matches(url));
	}

	/** What a proxy puts in front of a path: names of its own, tokens maybe. */
	private static String beforeVersion(String path) {
		Matcher matcher = VERSION_SEGMENT.matcher(path);
		return matcher.find() ? path.substring(0, matcher.start()) : "";
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

	private static String origin(URI url) {
		return url.getScheme() + "://" + url.getRawAuthority();
	}

	private static URI build(String origin, String path, @Nullable String query) {
		return URI.create(origin + path + ((query != null) ? "?" + query : ""));
	}

}
