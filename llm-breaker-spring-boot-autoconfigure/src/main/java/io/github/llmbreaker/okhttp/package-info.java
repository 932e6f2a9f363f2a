// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Guards calls with OkHttp, and so of the libraries that are built on it.
 */
@NullMarked
package io.github.llmbreaker.okhttp;

import org.jspecify.annotations.NullMarked;
