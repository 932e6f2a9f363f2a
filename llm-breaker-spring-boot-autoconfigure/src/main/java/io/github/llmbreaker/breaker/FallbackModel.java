// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.function.Predicate;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * A model to ask instead.
 *
 * @param provider its provider, maybe with a partition; {@code null} for the provider of
 * the call
 * @param model its name
 * @since 0.1.0
 */
public record FallbackModel(@Nullable String provider, String model) {

	/**
	 * Reads a name: {@code model}, or {@code provider:model} where the part before the
	 * first colon is a provider's.
	 * @param name the name as configured
	 * @param isProvider tells whether a text is the name of a provider
	 * @return the model
	 */
	public static FallbackModel parse(String name, Predicate<String> isProvider) {
		int colon = name.indexOf(':');
		return (colon > 0 && isProvider.test(name.substring(0, colon)))
				? new FallbackModel(name.substring(0, colon), name.substring(colon + 1))
				: new FallbackModel(null, name);
	}

	/**
	 * Returns the target to call instead of another.
	 * @param original the target that is left
	 * @return this model at the same endpoint; of the same provider, in the same
	 * partition
	 */
	public LlmTarget insteadOf(LlmTarget original) {
		boolean same = this.provider == null || this.provider.equals(original.providerId());
		return new LlmTarget(same ? original.provider() : String.valueOf(this.provider), original.endpoint(),
				this.model);
	}

}
