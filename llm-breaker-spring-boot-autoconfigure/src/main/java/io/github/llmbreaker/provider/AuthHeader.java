// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

/**
 * A header that belongs to one provider, such as the one that carries its API key.
 *
 * @param name the header's name
 * @param value the header's value, a secret
 * @since 0.1.0
 */
public record AuthHeader(String name, String value) {

	@Override
	public String toString() {
		return this.name + ": ***";
	}

}
