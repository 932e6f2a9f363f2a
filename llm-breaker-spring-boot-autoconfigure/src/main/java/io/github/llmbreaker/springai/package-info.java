// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Completes models of Spring AI by what the HTTP clients below can't do.
 * <p>
 * {@code GuardedModelCalls} sees the calls: a {@code ChatCall} or an
 * {@code EmbeddingCall} knows how to ask another model the same, {@code ModelFallbacks}
 * who is asked.
 */
@NullMarked
package io.github.llmbreaker.springai;

import org.jspecify.annotations.NullMarked;
