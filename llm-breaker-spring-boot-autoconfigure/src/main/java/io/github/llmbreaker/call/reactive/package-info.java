// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes the attempts of calls whose answers are reactive. Not for users: its types are
 * public for the clients' packages only.
 */
@NullMarked
package io.github.llmbreaker.call.reactive;

import org.jspecify.annotations.NullMarked;
