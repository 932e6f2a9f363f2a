// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReactiveLlmBreakers} and for guards inside of guards.
 */
class NestedGuardTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final LlmTarget TARGET = new LlmTarget("openai", "chat.completions", "m");

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	private final ReactiveLlmBreakers breakers = this.guarded.reactiveBreakers();

	private WebClient client;

	@BeforeEach
	void start() {
		this.guarded.provider("openai", this.server.url() + "/v1");
		this.client = this.guarded.builder().baseUrl(this.server.url()).filter(this.guarded.filter()).build();
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@Test
	void filterThatIsThereTwiceCountsOnce() {
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER), FakeAnswer.json(503, Chat.OVERLOADED));
		ask().block(PATIENCE);
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask().block(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo(Chat.OVERLOADED));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS, OutcomeKind.OVERLOADED);
		assertThat(this.guarded.breaker("openai:m").snapshot().calls().failed()).isOne();
	}

	@Test
	void halfOpenWithOnePlaceWorksNested() {
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> guardedAsk().block(PATIENCE));
		}
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> guardedAsk().block(PATIENCE));
		this.guarded.time.advanceSeconds(30);
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		assertThat(guardedAsk().block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.state("openai:m")).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void innerGuardKnowsBetter() {
		this.server.enqueue(FakeAnswer.json(429, "{\"error\":{\"message\":\"Slow down\"}}"));
		Mono<String> answer = this.breakers.mono(TARGET, () -> ask().onErrorReturn("sorry"));
		assertThat(answer.block(PATIENCE)).isEqualTo("sorry");
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.RATE_LIMITED);
	}

	@Test
	void outerPermitOfTheThreadIsSeen() {
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		CallPermit outer = this.guarded.registry().gate(TARGET).acquire(null);
		try (CallPermit.Scope scope = outer.makeCurrent()) {
			assertThat(scope).isNotNull();
			ask().block(PATIENCE);
		}
		assertThat(this.guarded.outcomes).isEmpty();
		outer.complete(Outcomes.SUCCESS);
		assertThat(this.guarded.outcomes).hasSize(1);
	}

	@Test
	void monoSucceedsFailsAndIsRejected() {
		assertThat(this.breakers.mono(TARGET, () -> Mono.just(1)).block(PATIENCE)).isOne();
		assertThat(this.breakers.mono(TARGET, Mono::empty).block(PATIENCE)).isNull();
		AtomicInteger calls = new AtomicInteger();
		Mono<Integer> failing = this.breakers.mono(TARGET, () -> {
			calls.incrementAndGet();
			return Mono.error(new TimeoutException());
		});
		for (int i = 0; i < 2; i++) {
			StepVerifier.create(failing).expectError(TimeoutException.class).verify(PATIENCE);
		}
		StepVerifier.create(failing).expectError(LlmCallRejectedException.class).verify(PATIENCE);
		assertThat(calls).hasValue(2);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS, OutcomeKind.SUCCESS, OutcomeKind.TIMEOUT,
				OutcomeKind.TIMEOUT);
	}

	@Test
	void businessExceptionsAreNeutral() {
		for (int i = 0; i < 5; i++) {
			StepVerifier.create(this.breakers.mono(TARGET, () -> {
				throw new IllegalArgumentException("mine");
			})).expectErrorMessage("mine").verify(PATIENCE);
		}
		assertThat(this.guarded.outcomes).hasSize(5).noneMatch((outcome) -> outcome.countsAsFailure());
	}

	@Test
	void fluxCompletesOrIsCancelled() {
		Flux<Integer> numbers = this.breakers.flux(TARGET, () -> Flux.range(0, 5));
		assertThat(numbers.collectList().block(PATIENCE)).hasSize(5);
		assertThat(numbers.take(2).collectList().block(PATIENCE)).hasSize(2);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS, OutcomeKind.CANCELLED);
	}

	@Test
	void longWaitForNothingIsATimeout() {
		Flux<Integer> silent = this.breakers.flux(TARGET, Flux::never);
		var subscription = silent.subscribe();
		this.guarded.time.advanceSeconds(60);
		subscription.dispose();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
	}

	@Test
	void noneIsNotGuarded() {
		assertThat(this.breakers.mono(LlmTarget.NONE, () -> Mono.just(1)).block(PATIENCE)).isOne();
		assertThat(this.breakers.flux(LlmTarget.NONE, () -> Flux.just(1)).blockLast(PATIENCE)).isOne();
		assertThat(this.guarded.outcomes).isEmpty();
	}

	private Mono<String> guardedAsk() {
		return this.breakers.mono(TARGET, this::ask);
	}

	private Mono<String> ask() {
		return this.client.post().uri(Chat.PATH).bodyValue(Chat.with("m")).retrieve().bodyToMono(String.class);
	}

}
