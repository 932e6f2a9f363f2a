// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Says which property stopped the application, where it comes from, and what to do.
 */
final class LlmBreakerConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<LlmBreakerConfigurationException> {

	private final Environment environment;

	LlmBreakerConfigurationFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LlmBreakerConfigurationException cause) {
		ConfigurationProperty found = find(cause.getProperty());
		StringBuilder description = new StringBuilder("The configuration of the LLM circuit breakers is not valid:\n");
		append(description, "Property", cause.getProperty());
		if (cause.getValue() != null) {
			append(description, "Value", "\"%s\"".formatted((found != null) ? found.getValue() : cause.getValue()));
		}
		append(description, "Origin", origin(cause.getProperty(), found));
		append(description, "Reason", "'%s' %s".formatted(cause.getProperty(), cause.getReason()));
		return new FailureAnalysis(description.toString(), cause.getAction(), cause);
	}

	/**
	 * Also finds an element of a list that is written with commas, as one value.
	 */
	private @Nullable Origin origin(String property, @Nullable ConfigurationProperty found) {
		int index = property.lastIndexOf('[');
		ConfigurationProperty list = (found == null && index > 0) ? find(property.substring(0, index)) : found;
		return (list != null) ? list.getOrigin() : null;
	}

	private static void append(StringBuilder description, String label, @Nullable Object value) {
		if (value != null) {
			description.append("%n    %s: %s".formatted(label, value));
		}
	}

	private @Nullable ConfigurationProperty find(String property) {
		if (!ConfigurationPropertyName.isValid(property)) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
