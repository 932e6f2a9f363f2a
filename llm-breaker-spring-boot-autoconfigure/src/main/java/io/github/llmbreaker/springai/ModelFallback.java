// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import io.github.llmbreaker.LlmTarget;

/**
 * Who answers instead.
 *
 * @param target what is asked
 * @param model asks it
 * @param <T> the kind of model
 */
record ModelFallback<T>(LlmTarget target, T model) {
}
