// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Completes models of Spring AI by what the HTTP clients below can't do.
 */
@NullMarked
package io.github.llmbreaker.springai;

import org.jspecify.annotations.NullMarked;
