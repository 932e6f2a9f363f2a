/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
