// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Finds and replaces the model in a request. Not for users: its types are public for the
 * packages around it only.
 */
@NullMarked
package io.github.llmbreaker.provider.request;

import org.jspecify.annotations.NullMarked;
