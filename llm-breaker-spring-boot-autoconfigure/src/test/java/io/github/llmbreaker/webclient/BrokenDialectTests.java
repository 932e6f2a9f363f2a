// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.ThrowingDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a dialect of the application's own cannot break a call, whatever it throws.
 */
class BrokenDialectTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final GuardedWebClient guarded = new GuardedWebClient();

	@ParameterizedTest
	@ValueSource(strings = { "operation", "observe", "chunk", "settled", "outcome", "none" })
	void goodAnswerArrives(String broken) {
		assertThat(ask(broken, HttpStatus.OK)).isEqualTo("body");
		assertThat(this.guarded.outcomes).hasSize(broken.equals("operation") ? 0 : 1)
			.noneMatch(CallOutcome::countsAsFailure);
	}

	@ParameterizedTest
	@ValueSource(strings = { "operation", "classify", "none" })
	void badAnswerArrives(String broken) {
		assertThat(ask(broken, HttpStatus.SERVICE_UNAVAILABLE)).isEqualTo("body");
	}

	private String ask(String broken, HttpStatus status) {
		ThrowingDialect dialect = new ThrowingDialect(broken);
		BreakerRegistry registry = this.guarded.registry();
		WebClient client = WebClient.builder()
			.filter(new LlmBreakerExchangeFilterFunction(new LlmProviders(List.of(dialect), List.of()), registry,
					Clock.systemUTC()))
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(status).body("body").build()))
			.build();
		return client.post()
			.uri("https://throwing.example/chat")
			.bodyValue("{}")
			.exchangeToMono((response) -> response.bodyToMono(String.class))
			.block(PATIENCE);
	}

}
