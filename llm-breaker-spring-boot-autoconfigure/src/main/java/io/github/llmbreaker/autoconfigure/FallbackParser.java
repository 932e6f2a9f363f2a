// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.function.Predicate;

import io.github.llmbreaker.breaker.FallbackModel;

/**
 * Reads the names of fallback models.
 *
 * @param isProvider tells whether a text is the id of a provider
 */
record FallbackParser(Predicate<String> isProvider) {

	/**
	 * Reads one name: {@code model}, or {@code provider:model} where the part before the
	 * first colon is a provider's id.
	 * @param name the name as configured
	 * @return the model
	 */
	FallbackModel parse(String name) {
		int colon = name.indexOf(':');
		if (colon > 0 && this.isProvider.test(name.substring(0, colon))) {
			return new FallbackModel(name.substring(0, colon), name.substring(colon + 1));
		}
		return new FallbackModel(null, name);
	}

}
