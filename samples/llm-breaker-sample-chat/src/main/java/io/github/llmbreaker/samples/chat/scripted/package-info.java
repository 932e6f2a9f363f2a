// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Plays the two providers and their visitors, so that an outage can be watched without
 * keys and without internet. Nothing of this belongs in a real application.
 */
@NullMarked
package io.github.llmbreaker.samples.chat.scripted;

import org.jspecify.annotations.NullMarked;
