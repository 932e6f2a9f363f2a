// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Plays outages, on virtual time, against the breakers of this module and against what
 * others do.
 */
@NullMarked
package io.github.llmbreaker.simulation;

import org.jspecify.annotations.NullMarked;
