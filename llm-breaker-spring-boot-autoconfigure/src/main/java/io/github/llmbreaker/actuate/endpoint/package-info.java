// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The endpoint {@code llmbreakers}.
 */
@NullMarked
package io.github.llmbreaker.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
