// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Methods behind the breakers, by annotation.
 * <p>
 * {@code LlmGuardedBeanPostProcessor} puts a proxy in front of beans,
 * {@code GuardedMethodResolver} makes a {@code GuardedMethod} of what is written at a
 * method, once, and {@code CallStyles} knows how its calls are handed to the engine in
 * {@code call}: on the caller's thread, as a stage, or as a reactive type.
 */
@NullMarked
package io.github.llmbreaker.aop;

import org.jspecify.annotations.NullMarked;
