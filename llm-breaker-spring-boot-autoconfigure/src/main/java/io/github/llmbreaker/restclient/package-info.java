// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Puts the calls of {@code RestClient} and {@code RestTemplate} behind the breakers of
 * their models.
 * <p>
 * {@code LlmBreakerClientHttpRequestInterceptor} finds the breakers of a request and
 * hands it to the engine in {@code call}, which sends it by {@code ExecutionAdapter}:
 * {@code OutgoingRequest} is what an attempt sends, {@code GuardedResponse} what the
 * caller gets. {@code LlmBreakerClientHttpRequestFactory} does the same without keeping
 * other requests in memory.
 */
@NullMarked
package io.github.llmbreaker.restclient;

import org.jspecify.annotations.NullMarked;
