// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a circuit breaker protects: a model of a provider, at one of its endpoints.
 * <p>
 * Names are untrusted text: characters that can't be seen (controls, formats, changes of
 * the writing direction, line separators) and halves of surrogate pairs are removed, and
 * what is longer than 200 characters is cut.
 *
 * @param provider the provider's id in lower case, such as {@code openai}, or one
 * partition of it, such as {@code openai@tenant-a}, which has breakers of its own; never
 * holds a {@code :}
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

	private static final int MAX_LENGTH = 200;

	private static final char PARTITION = '@';

	/**
	 * Cleans and checks the names.
	 * @throws IllegalArgumentException if provider or endpoint are empty or hold a
	 * {@code :}, or one side of the provider's {@code @} is empty
	 */
	public LlmTarget {
		provider = requireProvider(
				requireName("provider", Objects.requireNonNull(provider, "'provider' must not be null")));
		endpoint = (endpoint != null) ? requireName("endpoint", endpoint) : null;
		model = (model != null) ? emptyToNull(clean(model)) : null;
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

	/**
	 * Returns the provider's id without the partition.
	 * @return the id, such as {@code openai}
	 */
	public String providerId() {
		int end = this.provider.indexOf(PARTITION);
		return (end < 0) ? this.provider : this.provider.substring(0, end);
	}

	/**
	 * Returns the partition of the provider whose breakers are meant, such as a tenant or
	 * the fingerprint of a credential.
	 * @return what follows the first {@code @} of the provider; {@code null} if there is
	 * none
	 */
	public @Nullable String partition() {
		int end = this.provider.indexOf(PARTITION);
		return (end < 0) ? null : this.provider.substring(end + 1);
	}

	/** The id is in lower case; who names partitions may tell them apart by case. */
	private static String requireProvider(String name) {
		int end = name.indexOf(PARTITION);
		if (end < 0) {
			return name.toLowerCase(Locale.ROOT);
		}
		if (name.substring(0, end).isBlank() || name.substring(end + 1).isBlank()) {
			throw new IllegalArgumentException(
					"'provider' must have a name on both sides of the '@' (was '%s')".formatted(name));
		}
		return name.substring(0, end).toLowerCase(Locale.ROOT) + name.substring(end);
	}

	private static String requireName(String what, String text) {
		String name = clean(text);
		if (name.isBlank() || name.indexOf(':') >= 0) {
			throw new IllegalArgumentException("'%s' must not be empty or hold a ':' (was '%s')".formatted(what, name));
		}
		return name;
	}

	private static @Nullable String emptyToNull(String name) {
		return name.isEmpty() ? null : name;
	}

	/** Returns the same text if there is nothing to clean. */
	private static String clean(String name) {
		int length = name.length();
		if (length <= MAX_LENGTH && isClean(name)) {
			return name;
		}
		StringBuilder cleaned = new StringBuilder(Math.min(length, MAX_LENGTH));
		int size;
		for (int i = 0; i < length; i += size) {
			int character = name.codePointAt(i);
			size = Character.charCount(character);
			if (isVisible(character)) {
				// never the first half of a pair only
				if (cleaned.length() + size > MAX_LENGTH) {
					break;
				}
				cleaned.appendCodePoint(character);
			}
		}
		return cleaned.toString();
	}

	private static boolean isClean(String name) {
		int size;
		for (int i = 0; i < name.length(); i += size) {
			int character = name.codePointAt(i);
			size = Character.charCount(character);
			if (!isVisible(character)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isVisible(int character) {
		if (character >= ' ' && character <= '~') {
			return true;
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
