// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Watches answers: what frames the events of a stream and what they mean. Not for users:
 * its types are public for the packages around it only.
 */
@NullMarked
package io.github.llmbreaker.provider.stream;

import org.jspecify.annotations.NullMarked;
