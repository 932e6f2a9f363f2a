// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a breaker's whole life behind a guarded {@code WebClient}.
 */
class RecoveryCycleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@ParameterizedTest
	@DisplayName("Full cycle")
	@EnumSource
	void fullCycle(Api api) {
		start(api);
		this.server.always(FakeAnswer.json(503, api.overloaded));
		fail(api, "m");
		assertThat(state(api)).isEqualTo(BreakerState.CLOSED);
		fail(api, "m");
		assertThat(state(api)).isEqualTo(BreakerState.OPEN);
		reject(api, "m");
		assertThat(this.server.requestCount()).isEqualTo(2);
		this.guarded.time.advanceSeconds(30);
		assertThat(state(api)).isEqualTo(BreakerState.HALF_OPEN);
		this.server.always(FakeAnswer.json(200, api.answer));
		assertThat(ask(api, "m").block(PATIENCE)).isEqualTo(api.answer);
		assertThat(state(api)).isEqualTo(BreakerState.CLOSED);
		assertThat(ask(api, "m").block(PATIENCE)).isEqualTo(api.answer);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED, OutcomeKind.OVERLOADED,
				OutcomeKind.SUCCESS, OutcomeKind.SUCCESS);
		assertThat(this.guarded.breaker(api.id + ":m").snapshot().trips()).isOne();
	}

	@ParameterizedTest
	@DisplayName("Half-open failure")
	@EnumSource
	void halfOpenFailure(Api api) {
		start(api);
		this.server.always(FakeAnswer.json(503, api.overloaded));
		fail(api, "m");
		fail(api, "m");
		this.guarded.time.advanceSeconds(30);
		fail(api, "m");
		reject(api, "m");
		assertThat(this.server.requestCount()).isEqualTo(3);
		assertThat(this.guarded.breaker(api.id + ":m").snapshot().trips()).isEqualTo(2);
	}

	@ParameterizedTest
	@DisplayName("Half-open limit")
	@EnumSource
	void halfOpenLimit(Api api) {
		this.guarded.breaker(TestPolicies.model().threshold(2).rate(0).halfOpenCalls(2).get());
		start(api);
		this.server.enqueue(FakeAnswer.json(503, api.overloaded), FakeAnswer.json(503, api.overloaded));
		fail(api, "m");
		fail(api, "m");
		this.guarded.time.advanceSeconds(30);
		this.server.always(FakeAnswer.chunked(200, "application/json").hold().chunk(api.answer));
		List<String> answers = new CopyOnWriteArrayList<>();
		List<Throwable> errors = new CopyOnWriteArrayList<>();
		var calls = Flux.range(0, 5).flatMap((i) -> ask(api, "m").doOnNext(answers::add).onErrorResume((ex) -> {
			errors.add(ex);
			return Mono.empty();
		})).collectList().toFuture();
		assertThat(errors).hasSize(3).hasOnlyElementsOfType(LlmCallRejectedException.class);
		this.server.proceed();
		this.server.proceed();
		assertThat(calls).succeedsWithin(PATIENCE);
		assertThat(answers).hasSize(2);
		assertThat(this.server.requestCount()).isEqualTo(4);
		assertThat(state(api)).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	@DisplayName("One model's failures are its own")
	void isolationOfModels() {
		start(Api.ANTHROPIC);
		this.server.always((request) -> request.text().contains("sonnet")
				? FakeAnswer.json(529, Api.ANTHROPIC.overloaded) : FakeAnswer.json(200, Api.ANTHROPIC.answer));
		assertThat(ask(Api.ANTHROPIC, "haiku").block(PATIENCE)).isNotNull();
		fail(Api.ANTHROPIC, "sonnet");
		fail(Api.ANTHROPIC, "sonnet");
		reject(Api.ANTHROPIC, "sonnet");
		for (int i = 0; i < 3; i++) {
			assertThat(ask(Api.ANTHROPIC, "haiku").block(PATIENCE)).isNotNull();
		}
		assertThat(this.guarded.state("anthropic:haiku")).isEqualTo(BreakerState.CLOSED);
		assertThat(this.guarded.state("anthropic:sonnet")).isEqualTo(BreakerState.OPEN);
		assertThat(this.guarded.breaker("anthropic:haiku").snapshot().calls().succeeded()).isEqualTo(4);
	}

	@Test
	@DisplayName("A revoked key stops all models of the provider")
	void providerScope() {
		start(Api.OPENAI);
		this.server.always(FakeAnswer.json(401,
				"{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}"));
		fail(Api.OPENAI, "a");
		fail(Api.OPENAI, "b");
		fail(Api.OPENAI, "c");
		reject(Api.OPENAI, "d");
		assertThat(this.guarded.state("openai")).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("A rejection holds nothing of the request")
	void rejectionHoldsNothingOfTheRequest() {
		start(Api.OPENAI);
		this.server.always(FakeAnswer.json(503, "{\"error\":{\"message\":\"sk-secret\"}}"));
		fail(Api.OPENAI, "m");
		fail(Api.OPENAI, "m");
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> ask(Api.OPENAI, "m").block(PATIENCE))
			.satisfies(
					(ex) -> assertThat(ex).hasMessageStartingWith("Circuit breaker 'openai:m' is open after OVERLOADED")
						.hasMessageNotContainingAny("secret", "Hi", "http"));
	}

	private void start(Api api) {
		this.guarded.provider(api.id, this.server.url() + "/v1");
	}

	private BreakerState state(Api api) {
		return this.guarded.state(api.id + ":m");
	}

	private void fail(Api api, String model) {
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask(api, model).block(PATIENCE));
	}

	private void reject(Api api, String model) {
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> ask(api, model).block(PATIENCE));
	}

	private Mono<String> ask(Api api, String model) {
		WebClient client = this.guarded.client();
		return client.post()
			.uri(this.server.url() + api.path)
			.bodyValue(Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", "Hi"))))
			.retrieve()
			.bodyToMono(String.class);
	}

	enum Api {

		OPENAI("openai", Chat.PATH, Chat.ANSWER, Chat.OVERLOADED),

		ANTHROPIC("anthropic", "/v1/messages", """
				{"id":"m1","type":"message","role":"assistant","content":[{"type":"text","text":"Hello"}],\
				"stop_reason":"end_turn","usage":{"output_tokens":1}}""", """
				{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""");

		final String id;

		final String path;

		final String answer;

		final String overloaded;

		Api(String id, String path, String answer, String overloaded) {
			this.id = id;
			this.path = path;
			this.answer = answer;
			this.overloaded = overloaded;
		}

	}

}
