// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Stops the application for durations under {@code llm-breaker} without a unit: they
 * would be milliseconds, which nobody means by {@code cooldown: 5}.
 */
final class DurationUnits {

	/** A zero is the same in every unit. */
	private static final Pattern NUMBER = Pattern.compile("[+-]?0*[1-9][0-9]*");

	private DurationUnits() {
	}

	/**
	 * Checks all durations of an environment, those in environment variables, too.
	 * @param environment the environment
	 */
	static void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource keys) {
				keys.stream()
					.filter((name) -> Duration.class == UnknownKeys.typeOf(name))
					.forEach((name) -> check(name, source.getConfigurationProperty(name), environment));
			}
		}
	}

	private static void check(ConfigurationPropertyName name, @Nullable ConfigurationProperty property,
			Environment environment) {
		String written = (property != null) ? String.valueOf(property.getValue()) : "";
		String value = environment.resolvePlaceholders(written).trim();
		if (NUMBER.matcher(value).matches()) {
			throw new LlmBreakerConfigurationException(name.toString(), written, "has no unit",
					"Write '%ss' for seconds or '%sm' for minutes; '%sms' are the milliseconds that it would be."
						.formatted(value, value, value));
		}
	}

}
