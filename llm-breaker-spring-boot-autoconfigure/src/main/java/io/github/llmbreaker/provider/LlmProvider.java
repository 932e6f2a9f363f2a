// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A provider as this application knows it.
 *
 * @param id its id: lower-case letters, digits and hyphens
 * @param dialect how its API speaks
 * @param baseUrls where it is, besides the hosts of a built-in provider
 * @param apiKey the key for fallbacks to it; {@code null} if there is none
 * @param headers more headers for fallbacks to it, secrets maybe
 * @since 0.1.0
 */
public record LlmProvider(String id, LlmDialect dialect, List<URI> baseUrls, @Nullable String apiKey,
		Map<String, String> headers) {

	/**
	 * Creates a provider.
	 * @param id its id
	 * @param dialect how its API speaks
	 * @param baseUrls where it is
	 * @param apiKey the key for fallbacks to it
	 * @param headers more headers for fallbacks to it
	 */
	public LlmProvider {
		headers = Map.copyOf(headers);
	}

	/**
	 * Creates a provider that needs no more headers than the one with its key.
	 * @param id its id
	 * @param dialect how its API speaks
	 * @param baseUrls where it is
	 * @param apiKey the key for fallbacks to it
	 */
	public LlmProvider(String id, LlmDialect dialect, List<URI> baseUrls, @Nullable String apiKey) {
		this(id, dialect, baseUrls, apiKey, Map.of());
	}

	/**
	 * Whether a request that was made for another provider can be sent to this one
	 * instead.
	 * @param other the other provider
	 * @return whether this one understands it, and it is known where this one is and by
	 * which key it lets us in
	 */
	public boolean canStandInFor(LlmProvider other) {
		return this.id.equals(other.id)
				|| (this.apiKey != null && hasAddress() && this.dialect.family().equals(other.dialect.family()));
	}

	/**
	 * Whether it is known where to send a request that was made for another provider.
	 * @return whether there is a base URL, or a host that is spelt out
	 */
	public boolean hasAddress() {
		return !this.baseUrls.isEmpty() || this.dialect.hosts().stream().anyMatch((host) -> host.indexOf('*') < 0);
	}

	/**
	 * Leaves the key and the headers out.
	 */
	@Override
	public String toString() {
		return "LlmProvider[%s, dialect=%s, baseUrls=%s]".formatted(this.id, this.dialect.id(), this.baseUrls);
	}

}
