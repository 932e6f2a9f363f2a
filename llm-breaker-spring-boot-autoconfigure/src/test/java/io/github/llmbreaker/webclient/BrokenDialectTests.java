// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.LlmProviders;
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
		BrokenDialect dialect = new BrokenDialect(broken);
		BreakerRegistry registry = this.guarded.registry();
		WebClient client = WebClient.builder()
			.filter(new LlmBreakerExchangeFilterFunction(new LlmProviders(List.of(dialect), List.of()), registry,
					Clock.systemUTC()))
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(status).body("body").build()))
			.build();
		return client.post()
			.uri("https://broken.example/chat")
			.bodyValue("{}")
			.exchangeToMono((response) -> response.bodyToMono(String.class))
			.block(PATIENCE);
	}

	/**
	 * A dialect that throws somewhere.
	 *
	 * @param broken where
	 */
	private record BrokenDialect(String broken) implements LlmDialect, BodyObserver {

		@Override
		public String id() {
			return "broken";
		}

		@Override
		public List<String> hosts() {
			return List.of("broken.example");
		}

		@Override
		public LlmOperation operation(String path) {
			check("operation");
			return new LlmOperation("chat.completions", "m", false);
		}

		@Override
		public CallOutcome classify(ErrorAnswer answer) {
			check("classify");
			return Outcomes.neutral(answer.head().status());
		}

		@Override
		public BodyObserver observe(AnswerHead head) {
			check("observe");
			return this;
		}

		@Override
		public void onChunk(ByteBuffer chunk) {
			check("chunk");
		}

		@Override
		public long contentEvents() {
			return 0;
		}

		@Override
		public boolean isStream() {
			return false;
		}

		@Override
		public boolean isSettled() {
			check("settled");
			return false;
		}

		@Override
		public CallOutcome outcome() {
			check("outcome");
			return Outcomes.success(200);
		}

		private void check(String where) {
			if (this.broken.equals(where)) {
				throw new IllegalStateException(where);
			}
		}

	}

}
