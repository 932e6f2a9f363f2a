// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What happens to one guarded call, whichever client makes it. Not for users: its types
 * are public for the clients' packages only.
 */
@NullMarked
package io.github.llmbreaker.call;

import org.jspecify.annotations.NullMarked;
