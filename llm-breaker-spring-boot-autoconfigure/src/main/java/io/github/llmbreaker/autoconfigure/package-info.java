// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Wiring: properties, their validation, and the auto-configurations.
 * <p>
 * {@code LlmBreakerProperties} is what can be set. {@code ConfiguredKeys},
 * {@code PolicyCheck}, {@code FallbackCheck} and {@code ProviderCatalog} stop the
 * application for what can't be; {@code PolicyCatalog} is what comes of it. What is named
 * after Spring AI, LangChain4j or a client finds it among the beans and guards it.
 */
@NullMarked
package io.github.llmbreaker.autoconfigure;

import org.jspecify.annotations.NullMarked;
