// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Decides what comes after a failed attempt: again, another target, or the error.
 */
@NullMarked
package io.github.llmbreaker.fallback;

import org.jspecify.annotations.NullMarked;
