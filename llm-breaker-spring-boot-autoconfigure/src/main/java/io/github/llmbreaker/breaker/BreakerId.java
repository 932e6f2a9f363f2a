// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * Which breaker it is.
 *
 * @param name its name
 * @param scope whether it is a model's or a provider's
 * @param provider the provider's id
 * @param endpoint the endpoint that is part of the name; {@code null} if none is
 * @param model the model; {@code null} for a provider's, or calls that name none
 */
record BreakerId(String name, OutcomeScope scope, String provider, @Nullable String endpoint, @Nullable String model) {

	private static final String ANY = "*";

	static BreakerId ofProvider(String provider) {
		return new BreakerId(provider, OutcomeScope.PROVIDER, provider, null, null);
	}

	static BreakerId ofModel(LlmTarget target, Isolation isolation) {
		String provider = target.provider();
		String model = target.model();
		return switch (isolation) {
			case MODEL -> new BreakerId(provider + ":" + orAny(model), OutcomeScope.MODEL, provider, null, model);
			case ENDPOINT -> new BreakerId(provider + ":" + orAny(target.endpoint()) + ":" + orAny(model),
					OutcomeScope.MODEL, provider, target.endpoint(), model);
		};
	}

	private static String orAny(@Nullable String part) {
		return (part != null) ? part : ANY;
	}

}
