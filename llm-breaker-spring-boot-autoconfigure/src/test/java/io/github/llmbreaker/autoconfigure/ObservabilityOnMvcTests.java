// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import org.springframework.test.context.TestPropertySource;

/**
 * Tests for what is seen of the breakers over HTTP on Spring MVC.
 */
@TestPropertySource(properties = "spring.main.web-application-type=servlet")
class ObservabilityOnMvcTests extends ObservabilityContract {

}
