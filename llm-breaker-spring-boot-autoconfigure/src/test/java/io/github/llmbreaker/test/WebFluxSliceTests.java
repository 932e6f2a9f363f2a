// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether {@code @WebFluxTest} answers rejections as the application does.
 */
@WebFluxTest
class WebFluxSliceTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private BreakerRegistry registry;

	@Test
	void rejectionsAreMapped() {
		this.registry.gate(LlmTarget.of("openai", "gpt-4.1"));
		this.registry.find("openai:gpt-4.1").orElseThrow().forceOpen(null);
		WebTestClient.bindToApplicationContext(this.context)
			.build()
			.get()
			.uri("/ask")
			.exchange()
			.expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.contentType("application/problem+json")
			.expectHeader()
			.exists("Retry-After");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(ReactiveController.class)
	static class ReactiveApplication {

	}

	@RestController
	static class ReactiveController {

		private final LlmBreakers breakers;

		ReactiveController(LlmBreakers breakers) {
			this.breakers = breakers;
		}

		@GetMapping("/ask")
		Mono<String> ask() {
			return Mono.fromCallable(() -> this.breakers.call(LlmTarget.of("openai", "gpt-4.1"), () -> "answer"));
		}

	}

}
