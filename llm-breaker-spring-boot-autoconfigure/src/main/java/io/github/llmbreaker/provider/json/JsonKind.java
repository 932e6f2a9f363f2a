// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

/**
 * What stands at a watched place of a JSON document.
 *
 * @since 0.1.0
 */
public enum JsonKind {

	/** Nothing. */
	ABSENT,

	/** The literal {@code null}. */
	NULL,

	/** {@code true} or {@code false}. */
	BOOLEAN,

	/** A number. */
	NUMBER,

	/** A string. */
	STRING,

	/** An object. */
	OBJECT,

	/** An array. */
	ARRAY,

	/** A bare word that is no JSON, such as the {@code DONE} of {@code [DONE]}. */
	OTHER;

	/** Tells a number or literal by its first byte. */
	static JsonKind of(byte first) {
		return switch (first) {
			case 'n' -> NULL;
			case 't', 'f' -> BOOLEAN;
			case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> NUMBER;
			default -> OTHER;
		};
	}

}
