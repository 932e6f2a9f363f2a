// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static io.github.llmbreaker.test.LlmBreakerAssertions.assertThat;

/**
 * Tests of {@link LlmBreakersResetTestExecutionListener} where it is switched off, and of
 * {@link AutoConfigureLlmBreakers}.
 */
@SpringBootTest(classes = LlmBreakersResetTests.PlainApplication.class, webEnvironment = WebEnvironment.NONE,
		properties = "llm-breaker.test.reset=false")
@AutoConfigureLlmBreakers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LlmBreakersResetTests {

	@Autowired
	private BreakerRegistry registry;

	@Autowired
	private LlmBreakers breakers;

	@Test
	@Order(1)
	void breakerIsForcedOpenByOneTest() {
		this.registry.gate(LlmTarget.of("openai", "gpt-4.1"));
		this.breakers.find("openai:gpt-4.1").orElseThrow().forceOpen(null);
		assertThat(this.breakers.find("openai:gpt-4.1").orElseThrow()).isForcedOpen().hasNeverTripped();
	}

	@Test
	@Order(2)
	void breakerStaysOpenWhereTheResetIsOff() {
		assertThat(this.breakers.find("openai:gpt-4.1").orElseThrow()).isForcedOpen();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	static class PlainApplication {

	}

}
