// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Puts the calls of LangChain4j's models behind the breakers of their models.
 */
@NullMarked
package io.github.llmbreaker.langchain4j;

import org.jspecify.annotations.NullMarked;
