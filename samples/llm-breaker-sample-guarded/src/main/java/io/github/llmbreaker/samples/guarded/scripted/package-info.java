// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The provider, played by this application, and a story to watch.
 */
@NullMarked
package io.github.llmbreaker.samples.guarded.scripted;

import org.jspecify.annotations.NullMarked;
