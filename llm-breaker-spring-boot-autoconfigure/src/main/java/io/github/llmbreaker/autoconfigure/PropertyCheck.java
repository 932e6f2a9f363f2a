// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Stops the application for values that can't be. What is not set is not checked.
 *
 * @param prefix the full name of what the keys belong to
 */
record PropertyCheck(String prefix) {

	PropertyCheck at(String key) {
		return new PropertyCheck(name(key));
	}

	PropertyCheck entry(String mapKey) {
		boolean plain = mapKey.matches("[a-z0-9-]+");
		return new PropertyCheck(plain ? name(mapKey) : this.prefix + '[' + mapKey + ']');
	}

	void atLeast(int least, String key, @Nullable Integer value) {
		if (value != null && value < least) {
			throw invalid(key, value, "must be at least " + least, "Set it to %d or more.".formatted(least));
		}
	}

	void between(double least, double greatest, String key, @Nullable Double value) {
		if (value != null && !(value >= least && value <= greatest)) {
			String range = "between %s and %s".formatted(number(least), number(greatest));
			throw invalid(key, value, "must be " + range, "Set it to a number %s.".formatted(range));
		}
	}

	void positive(String key, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw invalid(key, value, "must be positive", "Set it to a time such as 30s.");
		}
	}

	void notNegative(String key, @Nullable Duration value) {
		if (value != null && value.isNegative()) {
			throw invalid(key, value, "must not be negative", "Set it to a time such as 30s, or to 0s.");
		}
	}

	void failures(String key, @Nullable Collection<OutcomeKind> kinds) {
		if (kinds == null) {
			return;
		}
		for (OutcomeKind kind : kinds) {
			if (kind == OutcomeKind.SUCCESS || kind == OutcomeKind.CANCELLED) {
				throw invalid(key, kind, "must not hold %s, which is no failure of the provider".formatted(kind),
						"Remove %s from the list.".formatted(kind));
			}
		}
	}

	void moreThanZero(String key, @Nullable Double value) {
		if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
			throw invalid(key, value, "must be more than 0", "Set it to a number such as 0.1.");
		}
	}

	void noBlanks(String key, @Nullable Collection<String> values) {
		if (values != null && values.stream().anyMatch(String::isBlank)) {
			throw invalid(key, null, "must not hold empty entries", "Remove the empty entry.");
		}
	}

	void unset(String key, @Nullable Object value, String why) {
		if (value != null) {
			throw invalid(key, null, "has no meaning: " + why, "Remove '%s'.".formatted(name(key)));
		}
	}

	LlmBreakerConfigurationException invalid(String key, @Nullable Object value, String reason, String action) {
		return new LlmBreakerConfigurationException(name(key), value, reason, action);
	}

	LlmBreakerConfigurationException failure(@Nullable Object value, String reason, String action) {
		return new LlmBreakerConfigurationException(this.prefix, value, reason, action);
	}

	private String name(String key) {
		return key.startsWith("[") ? this.prefix + key : this.prefix + '.' + key;
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.0f", value);
	}

}
