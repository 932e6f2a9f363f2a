// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The words that applications use: target, outcome, state, breaker, rejection, events.
 */
@NullMarked
package io.github.llmbreaker;

import org.jspecify.annotations.NullMarked;
