// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Finds the provider of a URL with one look-up of its host.
 */
final class UrlIndex {

	/** Hosts remembered besides those that are claimed by name. */
	private static final int MAX_SEEN = 1024;

	private static final UrlClaim[] NOBODY = {};

	private static final Comparator<UrlClaim> MOST_SPECIFIC_FIRST = Comparator.comparing(UrlClaim::isPattern)
		.thenComparing(UrlClaim::host, Comparator.comparing(String::length).reversed())
		// who says where a provider is knows better than we do
		.thenComparing(UrlClaim::isBuiltIn)
		.thenComparing(UrlClaim::path, Comparator.comparing(String::length).reversed())
		.thenComparing(UrlClaim::port, Comparator.reverseOrder());

	private final List<UrlClaim> claims;

	private final Map<String, UrlClaim[]> byHost = new ConcurrentHashMap<>();

	private final int maxSize;

	UrlIndex(List<UrlClaim> claims) {
		this.claims = claims.stream().sorted(MOST_SPECIFIC_FIRST).toList();
		for (int i = 0; i < claims.size(); i++) {
			for (UrlClaim other : claims.subList(0, i)) {
				check(other, claims.get(i));
			}
		}
		for (UrlClaim claim : claims) {
			this.byHost.put(claim.host(), search(claim.host()));
		}
		this.maxSize = this.byHost.size() + MAX_SEEN;
	}

	private static void check(UrlClaim one, UrlClaim other) {
		if (!one.provider().id().equals(other.provider().id()) && one.collidesWith(other)) {
			UrlClaim shown = (other.scheme() != null) ? other : one;
			throw new IllegalArgumentException("Providers '%s' and '%s' both claim '%s'".formatted(one.provider().id(),
					other.provider().id(), shown.describe()));
		}
	}

	@Nullable LlmProvider find(URI url) {
		for (UrlClaim claim : claimsOf(url)) {
			if (claim.matches(url)) {
				return claim.provider();
			}
		}
		return null;
	}

	private UrlClaim[] claimsOf(URI url) {
		String host = url.getHost();
		if (host == null) {
			// a name that is no host name by the book, such as my_server
			String authority = url.getRawAuthority();
			return (authority != null) ? lookUp(UrlClaim.hostOf(authority)) : NOBODY;
		}
		UrlClaim[] found = this.byHost.get(host);
		return (found != null) ? found : lookUp(UrlClaim.hostOf(host));
	}

	private UrlClaim[] lookUp(String host) {
		UrlClaim[] found = this.byHost.get(host);
		if (found == null) {
			found = search(host);
			// bounded, as an application may call any number of hosts
			if (this.byHost.size() < this.maxSize) {
				this.byHost.put(host, found);
			}
		}
		return found;
	}

	private UrlClaim[] search(String host) {
		return this.claims.stream()
			.filter((claim) -> claim.matchesHost(host))
			.sorted(Comparator.comparing((claim) -> !claim.host().equals(host)))
			.toArray(UrlClaim[]::new);
	}

}
