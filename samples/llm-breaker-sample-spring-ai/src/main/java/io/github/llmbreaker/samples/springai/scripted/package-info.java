// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Both vendors, played by this application.
 */
@NullMarked
package io.github.llmbreaker.samples.springai.scripted;

import org.jspecify.annotations.NullMarked;
