// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Guards the calls of {@code WebClient} and of other reactive code.
 */
@NullMarked
package io.github.llmbreaker.webclient;

import org.jspecify.annotations.NullMarked;
