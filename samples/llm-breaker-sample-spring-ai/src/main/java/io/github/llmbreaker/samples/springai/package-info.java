// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A chat with Spring AI, for which another vendor answers.
 */
@NullMarked
package io.github.llmbreaker.samples.springai;

import org.jspecify.annotations.NullMarked;
