// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What exceptions of clients and SDKs mean. Not for users: its types are public for the
 * packages around it only.
 */
@NullMarked
package io.github.llmbreaker.provider.thrown;

import org.jspecify.annotations.NullMarked;
