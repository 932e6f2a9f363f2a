// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * Status and headers of an answer, and what it answers.
 *
 * @param endpoint the canonical name of the endpoint that was called
 * @param model the model that was asked for; {@code null} if none was named
 * @param status the HTTP status, also one outside the registered ones
 * @param headers the headers
 * @param clock the wall clock, for hints that name an instant
 * @since 0.1.0
 */
public record AnswerHead(String endpoint, @Nullable String model, int status, HeaderLookup headers,
		InstantSource clock) {
}
