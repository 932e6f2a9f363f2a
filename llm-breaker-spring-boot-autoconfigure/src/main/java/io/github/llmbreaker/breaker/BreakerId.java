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
 * @param partition the partition of the provider; {@code null} if it is in none
 * @param endpoint the endpoint that is part of the name; {@code null} if none is
 * @param model the model; {@code null} for a provider's, or calls that name none
 */
record BreakerId(String name, OutcomeScope scope, String provider, @Nullable String partition,
		@Nullable String endpoint, @Nullable String model) {

	private static final String ANY = "*";

	static BreakerId ofProvider(LlmTarget target) {
		return new BreakerId(target.provider(), OutcomeScope.PROVIDER, target.providerId(), target.partition(), null,
				null);
	}

	static BreakerId ofModel(LlmTarget target, Isolation isolation) {
		String endpoint = switch (isolation) {
			case MODEL -> null;
			case ENDPOINT -> target.endpoint();
		};
		String place = switch (isolation) {
			case MODEL -> target.provider();
			case ENDPOINT -> target.provider() + ":" + orAny(endpoint);
		};
		return new BreakerId(place + ":" + orAny(target.model()), OutcomeScope.MODEL, target.providerId(),
				target.partition(), endpoint, target.model());
	}

	/** Returns the name of the breaker of the provider, or of its partition. */
	String providerName() {
		return (this.partition != null) ? this.provider + "@" + this.partition : this.provider;
	}

	private static String orAny(@Nullable String part) {
		return (part != null) ? part : ANY;
	}

}
