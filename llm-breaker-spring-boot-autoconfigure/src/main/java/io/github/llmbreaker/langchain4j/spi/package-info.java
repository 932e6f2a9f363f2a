// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What LangChain4j looks for by itself. Not for users, and nothing else belongs here:
 * while an application runs, this package is a module.
 */
@NullMarked
package io.github.llmbreaker.langchain4j.spi;

import org.jspecify.annotations.NullMarked;
