// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The breakers as part of the application's health.
 */
@NullMarked
package io.github.llmbreaker.health;

import org.jspecify.annotations.NullMarked;
