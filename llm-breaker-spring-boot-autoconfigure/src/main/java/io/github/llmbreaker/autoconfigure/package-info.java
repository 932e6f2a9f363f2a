// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Wiring: properties, their validation, and the auto-configurations.
 */
@NullMarked
package io.github.llmbreaker.autoconfigure;

import org.jspecify.annotations.NullMarked;
