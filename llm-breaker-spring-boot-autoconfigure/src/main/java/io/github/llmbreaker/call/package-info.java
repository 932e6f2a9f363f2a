// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Any code behind the breakers.
 */
@NullMarked
package io.github.llmbreaker.call;

import org.jspecify.annotations.NullMarked;
