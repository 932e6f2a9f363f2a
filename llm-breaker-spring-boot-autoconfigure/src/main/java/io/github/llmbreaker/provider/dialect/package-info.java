// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The built-in dialects. Not for users: its types are public for the packages around it
 * only.
 */
@NullMarked
package io.github.llmbreaker.provider.dialect;

import org.jspecify.annotations.NullMarked;
