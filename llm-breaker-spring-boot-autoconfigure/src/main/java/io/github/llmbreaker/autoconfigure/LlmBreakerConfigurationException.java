// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A property has a value that can't be.
 */
final class LlmBreakerConfigurationException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String property;

	private final @Nullable String value;

	private final String reason;

	private final String action;

	/**
	 * Creates the exception.
	 * @param property the property's full name
	 * @param value its value; {@code null} if it is not set, or secret
	 * @param reason what is wrong, to be read after the property's name
	 * @param action what to do
	 */
	LlmBreakerConfigurationException(String property, @Nullable Object value, String reason, String action) {
		super("'%s' %s%s".formatted(property, reason, (value != null) ? " (was " + value + ")" : ""));
		this.property = property;
		this.value = (value != null) ? value.toString() : null;
		this.reason = reason;
		this.action = action;
	}

	String getProperty() {
		return this.property;
	}

	@Nullable String getValue() {
		return this.value;
	}

	String getReason() {
		return this.reason;
	}

	String getAction() {
		return this.action;
	}

}
