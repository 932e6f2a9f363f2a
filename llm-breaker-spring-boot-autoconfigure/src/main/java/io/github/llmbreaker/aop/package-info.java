// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Methods behind the breakers, by annotation.
 */
@NullMarked
package io.github.llmbreaker.aop;

import org.jspecify.annotations.NullMarked;
