// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Guards calls with OkHttp, and so of the libraries that are built on it.
 * <p>
 * {@code LlmBreakerOkHttpInterceptor} finds the breakers of a request and hands it to the
 * engine in {@code call}, which sends it by {@code OkHttpAdapter}: {@code OutgoingCall}
 * is what an attempt sends, {@code AttemptClients} and {@code OwnCall} are how, and
 * {@code GuardedAnswerBody} is what the caller gets. {@code SdkClients} finds the clients
 * inside of vendors' SDKs.
 */
@NullMarked
package io.github.llmbreaker.okhttp;

import org.jspecify.annotations.NullMarked;
