// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Judgement: policies, permits, the state machine and the registry of breakers.
 */
@NullMarked
package io.github.llmbreaker.breaker;

import org.jspecify.annotations.NullMarked;
