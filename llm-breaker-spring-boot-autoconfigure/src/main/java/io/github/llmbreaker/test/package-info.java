// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Support for the tests of applications that use the breakers. Needs JUnit, AssertJ and
 * Spring's test module only where it is used.
 */
@NullMarked
package io.github.llmbreaker.test;

import org.jspecify.annotations.NullMarked;
