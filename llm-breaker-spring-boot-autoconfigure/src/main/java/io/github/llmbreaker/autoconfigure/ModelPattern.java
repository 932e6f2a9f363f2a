// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.function.Predicate;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.FallbackModel;
import org.jspecify.annotations.Nullable;

/**
 * A pattern on the names of models, for one provider or for all.
 *
 * @param provider the provider's id, which stands for all its partitions, or the name of
 * one of them, such as {@code openai@tenant-a}; {@code null} for all
 * @param model the pattern, with {@code *} for any text and {@code ?} for one character
 */
record ModelPattern(@Nullable String provider, String model) {

	/**
	 * Reads a pattern, which names a provider as the name of a fallback does.
	 */
	static ModelPattern parse(String text, Predicate<String> isProvider) {
		FallbackModel named = FallbackModel.parse(text, isProvider);
		return new ModelPattern(named.provider(), named.model());
	}

	/**
	 * Whether the calls to a target are meant. Case matters; a call that names no model
	 * has an empty one.
	 */
	boolean matches(LlmTarget target) {
		String name = (target.model() != null) ? target.model() : "";
		return (this.provider == null || this.provider.equals(target.provider())
				|| this.provider.equals(target.providerId())) && matches(name);
	}

	/**
	 * Returns how much of a name the pattern spells out: twice the number of literal
	 * characters, plus one without wildcards.
	 */
	int specificity() {
		int wildcards = (int) this.model.chars().filter((c) -> c == '*' || c == '?').count();
		int prefix = (this.provider != null) ? this.provider.length() + 1 : 0;
		return 2 * (prefix + this.model.length() - wildcards) + ((wildcards > 0) ? 0 : 1);
	}

	/**
	 * Goes back to the last {@code *} only, so that no name takes long.
	 */
	private boolean matches(String name) {
		int p = 0;
		int n = 0;
		int star = -1;
		int resume = 0;
		while (n < name.length()) {
			if (isAt(p, '*')) {
				star = p++;
				resume = n;
			}
			else if (isAt(p, '?') || isAt(p, name.charAt(n))) {
				p++;
				n++;
			}
			else if (star >= 0) {
				p = star + 1;
				n = ++resume;
			}
			else {
				return false;
			}
		}
		return this.model.substring(p).chars().allMatch((c) -> c == '*');
	}

	private boolean isAt(int index, char c) {
		return index < this.model.length() && this.model.charAt(index) == c;
	}

}
