// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.provider.LlmProvider;

/**
 * What the endpoint says about one provider. Never its key or headers.
 *
 * @param id its id
 * @param dialect the id of the dialect that its API speaks
 * @param baseUrls where calls are recognised as calls to it; built-in ones may hold a
 * {@code *}
 * @since 0.1.0
 */
public record ProviderDescriptor(String id, String dialect, List<String> baseUrls) {

	static ProviderDescriptor of(LlmProvider provider, List<String> builtInHosts) {
		Stream<String> builtIn = builtInHosts.stream().map(ProviderDescriptor::url);
		return new ProviderDescriptor(provider.id(), provider.dialect().id(),
				Stream.concat(provider.baseUrls().stream().map(ProviderDescriptor::url), builtIn).distinct().toList());
	}

	/** Plain HTTP is spoken on this machine only. */
	private static String url(String host) {
		return (host.startsWith("localhost") ? "http://" : "https://") + host;
	}

	/** Configured ones hold no credentials and no query, those of a bean may. */
	private static String url(URI url) {
		String authority = (url.getRawAuthority() != null) ? url.getRawAuthority() : "";
		String path = (url.getRawPath() != null) ? url.getRawPath() : "";
		return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1) + path;
	}

}
