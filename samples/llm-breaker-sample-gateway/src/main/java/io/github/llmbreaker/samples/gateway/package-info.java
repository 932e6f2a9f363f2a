// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * An OpenAI-compatible gateway in front of one provider.
 */
@NullMarked
package io.github.llmbreaker.samples.gateway;

import org.jspecify.annotations.NullMarked;
