// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.function.Predicate;

import io.github.llmbreaker.LlmTarget;
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
	 * Reads a pattern: {@code model}, or {@code provider:model} where the part before the
	 * first colon is a provider's id.
	 * @param text the pattern as configured
	 * @param isProvider tells whether a text is the id of a provider
	 * @return the pattern
	 */
	static ModelPattern parse(String text, Predicate<String> isProvider) {
		int colon = text.indexOf(':');
		if (colon > 0 && isProvider.test(text.substring(0, colon))) {
			return new ModelPattern(text.substring(0, colon), text.substring(colon + 1));
		}
		return new ModelPattern(null, text);
	}

	/**
	 * Whether the calls to a target are meant. Case matters.
	 * @param target the target
	 * @return whether provider and model match; a call that names no model has an empty
	 * one
	 */
	boolean matches(LlmTarget target) {
		String name = (target.model() != null) ? target.model() : "";
		return (this.provider == null || this.provider.equals(target.provider())
				|| this.provider.equals(target.providerId())) && matches(name);
	}

	/**
	 * Returns how much of a name the pattern spells out: the more, the more specific. Of
	 * two that spell out the same, the one without wildcards is more specific.
	 * @return twice the number of literal characters, plus one without wildcards
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
