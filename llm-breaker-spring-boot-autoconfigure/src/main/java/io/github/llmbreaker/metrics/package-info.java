// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Meters of calls and breakers.
 */
@NullMarked
package io.github.llmbreaker.metrics;

import org.jspecify.annotations.NullMarked;
