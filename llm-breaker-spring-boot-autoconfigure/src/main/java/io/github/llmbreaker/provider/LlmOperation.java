// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * What a request path asks for.
 *
 * @param endpoint the canonical endpoint name, such as {@code chat.completions}
 * @param model the model that the path names; {@code null} if it names none
 * @param modelInBody whether the body is to be asked for the model
 * @since 0.1.0
 */
public record LlmOperation(String endpoint, @Nullable String model, boolean modelInBody) {

	/** A path that is not known. */
	public static final LlmOperation UNKNOWN = new LlmOperation("unknown", null, false);

}
