// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Tells people of breakers that open and close.
 */
@NullMarked
package io.github.llmbreaker.alert;

import org.jspecify.annotations.NullMarked;
