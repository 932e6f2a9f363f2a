// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

/**
 * What the URL of an LLM call says about it.
 *
 * @param provider whom it calls
 * @param operation what it asks for
 * @since 0.1.0
 */
public record LlmRoute(LlmProvider provider, LlmOperation operation) {
}
