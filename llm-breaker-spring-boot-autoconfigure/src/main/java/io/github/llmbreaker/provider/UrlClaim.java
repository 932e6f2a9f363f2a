// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The URLs that belong to a provider.
 *
 * @param provider the provider
 * @param scheme the scheme; {@code null} for any
 * @param host the host in lower case, maybe with {@code *}
 * @param port the port; {@link #ANY_PORT} for any
 * @param path the path they start with, without a slash at the end; built-in ones may
 * hold a {@code *} for one segment
 */
record UrlClaim(LlmProvider provider, @Nullable String scheme, String host, int port, String path) {

	static final int ANY_PORT = -1;

	private static final String LOCALHOST = "localhost";

	private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|\\[(0*:)*:?0*1]");

	/** From one of {@link LlmDialect#hosts()}. */
	static UrlClaim ofPattern(LlmProvider provider, String pattern) {
		int slash = pattern.indexOf('/');
		String authority = (slash < 0) ? pattern : pattern.substring(0, slash);
		String path = (slash < 0) ? "" : pattern.substring(slash);
		int port = portOf(authority);
		return new UrlClaim(provider, null, hostOf(authority), port, withoutSlash(path));
	}

	/** From a configured base URL. */
	static UrlClaim ofBaseUrl(LlmProvider provider, URI url) {
		String scheme = url.getScheme();
		String authority = url.getRawAuthority();
		if (scheme == null || authority == null) {
			throw new IllegalArgumentException(
					"Base URL '%s' of provider '%s' must start with http:// or https:// and a host".formatted(url,
							provider.id()));
		}
		String path = (url.getRawPath() != null) ? url.getRawPath() : "";
		String host = hostOf(authority);
		return new UrlClaim(provider, scheme.toLowerCase(Locale.ROOT),
				LOOPBACK.matcher(host).matches() ? LOCALHOST : host, effectivePort(url), withoutSlash(path));
	}

	/** The host of an authority in lower case, also where {@link URI} sees none. */
	static String hostOf(String authority) {
		int start = authority.lastIndexOf('@') + 1;
		int end = portSeparator(authority);
		if (end > start && authority.charAt(end - 1) == '.') {
			end--;
		}
		return authority.substring(start, end).toLowerCase(Locale.ROOT);
	}

	/** The port of a URL; the default of its scheme if it names none. */
	static int effectivePort(URI url) {
		int port = url.getPort();
		if (port < 0 && url.getHost() == null && url.getRawAuthority() != null) {
			port = portOf(url.getRawAuthority());
		}
		if (port >= 0) {
			return port;
		}
		return "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
	}

	private static int portOf(String authority) {
		int separator = portSeparator(authority);
		try {
			return (separator + 1 < authority.length()) ? Integer.parseInt(authority.substring(separator + 1))
					: ANY_PORT;
		}
		catch (NumberFormatException ex) {
			return ANY_PORT;
		}
	}

	private static int portSeparator(String authority) {
		int colon = authority.lastIndexOf(':');
		// neither one of an IPv6 address nor one of a user's password
		return (colon > authority.lastIndexOf(']') && colon > authority.lastIndexOf('@')) ? colon : authority.length();
	}

	static String withoutSlash(String path) {
		return StringUtils.trimTrailingCharacter(path, '/');
	}

	/** Undoes percent-encoding. What can't be decoded stays as it is. */
	static String decoded(String part) {
		try {
			return StringUtils.uriDecode(part, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return part;
		}
	}

	boolean isPattern() {
		return this.host.indexOf('*') >= 0;
	}

	boolean isBuiltIn() {
		return this.scheme == null;
	}

	/**
	 * Whether a host, in lower case, is this one, one of the pattern's, or a loopback.
	 */
	boolean matchesHost(String other) {
		if (isPattern()) {
			return matches(this.host, other);
		}
		return this.host.equals(other) || (this.host.equals(LOCALHOST) && LOOPBACK.matcher(other).matches());
	}

	private static boolean matches(String pattern, String text) {
		int star = pattern.indexOf('*');
		if (star < 0) {
			return pattern.equals(text);
		}
		if (!text.startsWith(pattern.substring(0, star))) {
			return false;
		}
		String rest = pattern.substring(star + 1);
		// a star is never empty
		for (int i = star + 1; i <= text.length(); i++) {
			if (matches(rest, text.substring(i))) {
				return true;
			}
		}
		return false;
	}

	/** Whether a URL of a matching host belongs here. */
	boolean matches(URI url) {
		if (this.port != ANY_PORT && this.port != effectivePort(url)) {
			return false;
		}
		if (this.scheme != null && !this.scheme.equalsIgnoreCase(url.getScheme())) {
			return false;
		}
		int length = this.path.length();
		if (length == 0) {
			return true;
		}
		String other = url.getRawPath();
		if (other == null) {
			return false;
		}
		int star = isBuiltIn() ? this.path.indexOf('*') : -1;
		if (star >= 0) {
			return matchesAround(star, other);
		}
		return other.startsWith(this.path) && (other.length() == length || other.charAt(length) == '/');
	}

	/** The star stands for one segment. */
	private boolean matchesAround(int star, String other) {
		int end = other.startsWith(this.path.substring(0, star)) ? other.indexOf('/', star) : -1;
		String rest = this.path.substring(star + 1);
		int behind = end + rest.length();
		return end > star && other.startsWith(rest, end) && (other.length() == behind || other.charAt(behind) == '/');
	}

	/**
	 * Whether there are URLs that both claim with the same right. What is configured
	 * comes before a built-in part of a host, but takes no whole host away.
	 */
	boolean collidesWith(UrlClaim other) {
		return (isBuiltIn() == other.isBuiltIn() || this.path.isEmpty()) && this.host.equals(other.host)
				&& this.path.equals(other.path)
				&& (this.port == other.port || this.port == ANY_PORT || other.port == ANY_PORT)
				&& (this.scheme == null || other.scheme == null || this.scheme.equals(other.scheme));
	}

	/** The claim as a user would write it. */
	String describe() {
		String portPart = (this.port == ANY_PORT) ? "" : ":" + this.port;
		return ((this.scheme != null) ? this.scheme + "://" : "") + this.host + portPart + this.path;
	}

}
