// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;

import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.LlmRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether libraries above HTTP clients repeat requests by themselves. Where
 * policies retry, each of their retries would be multiplied.
 */
final class LibraryRetries {

	private static final Logger logger = LoggerFactory.getLogger(LibraryRetries.class);

	private LibraryRetries() {
	}

	/**
	 * Whether those of the libraries are to be switched off; not if nothing is guarded.
	 */
	static boolean areReplaced(@Nullable LlmBreakerProperties properties) {
		return properties != null && !properties.keepLibraryRetries()
				&& properties.modelPolicies().anyMatch(PolicyProperties::retries);
	}

	/**
	 * Whether those of a library are to be switched off whose requests go to some places:
	 * only where a policy that may be for them retries.
	 * @param urls base URLs; none if they are not known
	 */
	static boolean areReplaced(@Nullable LlmBreakerProperties properties, LlmProviders providers, Set<String> urls) {
		if (properties == null || !areReplaced(properties)) {
			return false;
		}
		Set<String> asked = new HashSet<>();
		for (String url : urls) {
			LlmRoute route = route(providers, url);
			if (route == null) {
				return true;
			}
			asked.add(route.provider().id());
		}
		return asked.isEmpty() || properties.defaults().retries()
				|| properties.policies()
					.values()
					.stream()
					.anyMatch((policy) -> policy.retries()
							&& policy.patterns().stream().anyMatch((model) -> isFor(model, providers, asked)));
	}

	private static @Nullable LlmRoute route(LlmProviders providers, String url) {
		try {
			return providers.route(URI.create(url));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isFor(String model, LlmProviders providers, Set<String> asked) {
		String provider = ModelPattern.parse(model, (id) -> providers.find(id).isPresent()).provider();
		return provider == null
				|| asked.stream().anyMatch((id) -> provider.equals(id) || provider.startsWith(id + "@"));
	}

	/**
	 * Says that they were.
	 * @param bean what belongs to the library
	 */
	static void removed(String bean) {
		logger.info("""
				The library's own retries of '{}' are switched off, because calls are retried by their policy. \
				Keep them with 'llm-breaker.keep-library-retries=true'.""", bean);
	}

}
