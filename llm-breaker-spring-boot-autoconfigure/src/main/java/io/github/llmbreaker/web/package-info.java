// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Answers web requests whose LLM call was rejected.
 */
@NullMarked
package io.github.llmbreaker.web;

import org.jspecify.annotations.NullMarked;
