// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Puts the calls of LangChain4j's models behind the breakers of their models.
 * <p>
 * {@code ClientSelection} has LangChain4j take our HTTP client, or the application does
 * by {@code LlmBreakerHttpClientBuilder}. {@code GuardedHttpClient} makes a
 * {@code PlannedRequest} of what is an LLM call and hands it to the engine in
 * {@code call}, which sends it by a {@code CallTransport}: the client of the JDK, or
 * whichever the application has. {@code StreamedCall} does so for streams.
 * {@code GuardedModels} lets models that are beans answer for each other.
 */
@NullMarked
package io.github.llmbreaker.langchain4j;

import org.jspecify.annotations.NullMarked;
