// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Tells the application what happens, off the thread of the call.
 */
@NullMarked
package io.github.llmbreaker.event;

import org.jspecify.annotations.NullMarked;
