// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A chat with two models of two providers.
 */
@NullMarked
package io.github.llmbreaker.samples.chat;

import org.jspecify.annotations.NullMarked;
