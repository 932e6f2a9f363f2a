// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What errors mean: codes, status, phrases and wait hints. Not for users: its types are
 * public for the packages around it only.
 */
@NullMarked
package io.github.llmbreaker.provider.error;

import org.jspecify.annotations.NullMarked;
