// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Puts the calls of {@code RestClient} and {@code RestTemplate} behind the breakers of
 * their models.
 */
@NullMarked
package io.github.llmbreaker.restclient;

import org.jspecify.annotations.NullMarked;
