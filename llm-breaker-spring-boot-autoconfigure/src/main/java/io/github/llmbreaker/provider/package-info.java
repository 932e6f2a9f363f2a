// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Facts: which provider, endpoint and model a request is for, and what its answer means.
 */
@NullMarked
package io.github.llmbreaker.provider;

import org.jspecify.annotations.NullMarked;
