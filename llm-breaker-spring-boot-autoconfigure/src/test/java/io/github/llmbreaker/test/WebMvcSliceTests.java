// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.time.Duration;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether {@code @WebMvcTest} answers rejections as the application does.
 */
@WebMvcTest
class WebMvcSliceTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private LlmBreakersTester tester;

	@Test
	void rejectionsAreMapped() {
		this.tester.open(LlmTarget.of("openai", "gpt-4.1"), Duration.ofMinutes(2));
		assertThat(MockMvcTester.create(this.mvc).perform(MockMvcRequestBuilders.get("/ask"))).hasStatus(503)
			.hasContentType("application/problem+json")
			.hasHeader("Retry-After", "120");
		this.tester.close(LlmTarget.of("openai", "gpt-4.1"));
		assertThat(MockMvcTester.create(this.mvc).perform(MockMvcRequestBuilders.get("/ask"))).hasStatusOk()
			.hasBodyTextEqualTo("answer");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import({ AskController.class, LlmBreakersTester.class, ManualTicker.class })
	static class MvcApplication {

	}

	@RestController
	static class AskController {

		private final LlmBreakers breakers;

		AskController(LlmBreakers breakers) {
			this.breakers = breakers;
		}

		@GetMapping("/ask")
		String ask() throws Exception {
			return this.breakers.call(LlmTarget.of("openai", "gpt-4.1"), () -> "answer");
		}

	}

}
