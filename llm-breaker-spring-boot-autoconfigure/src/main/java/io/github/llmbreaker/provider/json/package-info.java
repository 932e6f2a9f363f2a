// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads JSON and other bytes while they pass, without objects. Not for users: its types
 * are public for the packages around it only.
 */
@NullMarked
package io.github.llmbreaker.provider.json;

import org.jspecify.annotations.NullMarked;
