// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a circuit breaker protects: a model of a provider, at one of its endpoints.
 * <p>
 * Model names are untrusted text: control characters are removed and what is longer than
 * 200 characters is cut.
 *
 * @param provider the provider's id in lower case, such as {@code openai}; never holds a
 * {@code :}
 * @param endpoint the canonical endpoint name, such as {@code chat.completions};
 * {@code null} if not known
 * @param model the model's name as the application gave it; {@code null} for calls that
 * name no model
 * @since 0.1.0
 */
public record LlmTarget(String provider, @Nullable String endpoint, @Nullable String model) {

	/**
	 * Name of the request attribute that says the target of a call, or that it is none
	 * ({@link #NONE}).
	 */
	public static final String ATTRIBUTE = "io.github.llmbreaker.target";

	/**
	 * Marks a request that passes unguarded when set as its {@link #ATTRIBUTE}.
	 */
	public static final LlmTarget NONE = new LlmTarget("none", null, null);

	private static final int MAX_MODEL_LENGTH = 200;

	/**
	 * Checks the names and cleans the model's.
	 * @throws IllegalArgumentException if provider or endpoint are empty or hold a
	 * {@code :}
	 */
	public LlmTarget {
		provider = requireName("provider", Objects.requireNonNull(provider, "'provider' must not be null"))
			.toLowerCase(Locale.ROOT);
		endpoint = (endpoint != null) ? requireName("endpoint", endpoint) : null;
		model = (model != null) ? clean(model) : null;
	}

	/**
	 * Returns the target of a model whose endpoint is not known.
	 * @param provider the provider's id
	 * @param model the model's name
	 * @return the target
	 * @throws IllegalArgumentException if the provider is empty or holds a {@code :}
	 */
	public static LlmTarget of(String provider, String model) {
		return new LlmTarget(provider, null, Objects.requireNonNull(model, "'model' must not be null"));
	}

	private static String requireName(String what, String name) {
		if (name.isBlank() || name.indexOf(':') >= 0) {
			throw new IllegalArgumentException("'%s' must not be empty or hold a ':' (was '%s')".formatted(what, name));
		}
		return name;
	}

	private static @Nullable String clean(String model) {
		int length = model.length();
		if (length <= MAX_MODEL_LENGTH && isClean(model)) {
			return length > 0 ? model : null;
		}
		StringBuilder cleaned = new StringBuilder(Math.min(length, MAX_MODEL_LENGTH));
		for (int i = 0; i < length && cleaned.length() < MAX_MODEL_LENGTH; i++) {
			char c = model.charAt(i);
			if (!Character.isISOControl(c)) {
				cleaned.append(c);
			}
		}
		return cleaned.isEmpty() ? null : cleaned.toString();
	}

	private static boolean isClean(String model) {
		for (int i = 0; i < model.length(); i++) {
			if (Character.isISOControl(model.charAt(i))) {
				return false;
			}
		}
		return true;
	}

}
