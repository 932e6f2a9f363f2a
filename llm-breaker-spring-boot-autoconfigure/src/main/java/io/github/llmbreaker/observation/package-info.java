// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes guarded calls observations of Micrometer, and so spans of traces.
 */
@NullMarked
package io.github.llmbreaker.observation;

import org.jspecify.annotations.NullMarked;
