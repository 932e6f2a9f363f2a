// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * What is set for one provider.
 *
 * @param dialect Id of the dialect its API speaks; by default that of the built-in
 * provider with this id, else openai.
 * @param baseUrls URLs below which it is reached, besides those of the built-in provider
 * with this id; fallbacks use the first.
 * @param apiKey Key for calls that fall back to it from another provider.
 * @param headers More headers for calls that fall back to it from another provider.
 * @param breaker Policy of this provider's breaker.
 */
record ProviderProperties(@Nullable String dialect, @Nullable List<String> baseUrls, @Nullable String apiKey,
		@Nullable Map<String, String> headers, @NestedConfigurationProperty @Nullable PolicyProperties breaker) {

	private static final ProviderProperties NOTHING = new ProviderProperties(null, null, null, null, null);

	/**
	 * Returns the same provider with the policy that another one has for its breaker.
	 */
	ProviderProperties withBreakerOf(@Nullable ProviderProperties other) {
		return new ProviderProperties(this.dialect, this.baseUrls, this.apiKey, this.headers,
				(other != null) ? other.breaker : null);
	}

	/** Whether nothing else is set than the policy of its breaker, if that. */
	boolean isBreakerOnly() {
		return withBreakerOf(null).equals(NOTHING);
	}

	/**
	 * Leaves the key and the values of headers out.
	 */
	@Override
	public String toString() {
		return "ProviderProperties[dialect=%s, baseUrls=%s, breaker=%s]".formatted(this.dialect, this.baseUrls,
				this.breaker);
	}

}
