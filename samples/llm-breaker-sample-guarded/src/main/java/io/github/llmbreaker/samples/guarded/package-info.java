// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Guarded methods: who answers when the model does not.
 */
@NullMarked
package io.github.llmbreaker.samples.guarded;

import org.jspecify.annotations.NullMarked;
