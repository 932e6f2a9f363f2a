// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the time limits of a guarded {@code WebClient}, in virtual time.
 */
class TimeLimitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final GuardedWebClient guarded = new GuardedWebClient()
		.clock(() -> this.scheduler.now(TimeUnit.NANOSECONDS), this.scheduler);

	private final TestPublisher<DataBuffer> body = TestPublisher.create();

	private final AtomicInteger cancels = new AtomicInteger();

	@AfterEach
	void stop() {
		this.guarded.close();
		this.scheduler.dispose();
	}

	@Test
	void responseTimeout() {
		limits(10, null, null, null);
		StepVerifier.create(stream((request) -> Mono.<ClientResponse>never().doOnCancel(this.cancels::incrementAndGet)))
			.then(() -> pass(9))
			.then(() -> assertThat(this.cancels).hasValue(0))
			.then(() -> pass(1))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(TimeoutException.class)
				.hasMessage("Call to 'openai:m' exceeded its response-timeout of 10000 ms"))
			.verify(PATIENCE);
		assertTimeout(null);
	}

	@Test
	void responseInTime() {
		limits(10, null, null, null);
		StepVerifier.create(stream(answering()))
			.then(() -> pass(30))
			.then(this::finish)
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void firstTokenTimeout() {
		limits(null, 20, null, null);
		StepVerifier.create(stream(answering()))
			.then(() -> emit(Chat.KEEP_ALIVE, Chat.ROLE))
			.expectNextCount(2)
			.then(() -> pass(19))
			.then(() -> emit(Chat.KEEP_ALIVE))
			.expectNextCount(1)
			.then(() -> pass(1))
			.expectErrorSatisfies(
					(error) -> assertThat(error).hasStackTraceContaining("first-token-timeout of 20000 ms"))
			.verify(PATIENCE);
		assertTimeout(200);
	}

	@Test
	void streamThatHasSaidEverythingIsLeftAndEndsWellAfterTheIdleTimeout() {
		limits(null, 60, 5, null);
		StepVerifier.create(stream(answering()))
			.then(() -> emit(Chat.delta("a"), Chat.FINISH))
			.expectNextCount(2)
			.then(() -> pass(4))
			.then(this.body::assertNotCancelled)
			.then(() -> pass(1))
			.expectComplete()
			.verify(PATIENCE);
		this.body.assertCancelled();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	@DisplayName("A stall beyond the idle limit is a failure")
	void idleTimeout() {
		limits(null, 60, 5, null);
		StepVerifier.create(stream(answering()))
			.then(() -> emit(Chat.delta("a")))
			.expectNextCount(1)
			.then(() -> pass(4))
			.then(() -> emit(Chat.KEEP_ALIVE))
			.expectNextCount(1)
			.then(() -> pass(1))
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("idle-timeout of 5000 ms"))
			.verify(PATIENCE);
		assertTimeout(200);
	}

	@Test
	void slowButSteadyStreamIsHealthy() {
		limits(null, 6, 5, null);
		StepVerifier.Step<ServerSentEvent<String>> steps = StepVerifier.create(stream(answering()));
		for (int i = 0; i < 50; i++) {
			steps = steps.then(() -> pass(4)).then(() -> emit(Chat.delta("a"))).expectNextCount(1);
		}
		steps.then(this::finish).expectNextCount(2).expectComplete().verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void oneTimerPerStream() {
		limits(null, 60, 50, null);
		StepVerifier.create(stream(answering())).then(() -> {
			for (int i = 0; i < 1000; i++) {
				emit(Chat.delta("a"));
			}
		})
			.expectNextCount(1000)
			.then(() -> assertThat(this.scheduler.getScheduledTaskCount()).isLessThanOrEqualTo(2))
			.then(this::finish)
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void totalTimeoutOfAStream() {
		limits(null, null, null, 30);
		StepVerifier.create(stream(answering()))
			.then(() -> pass(29))
			.then(() -> emit(Chat.delta("a")))
			.expectNextCount(1)
			.then(() -> pass(1))
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("total-timeout of 30000 ms"))
			.verify(PATIENCE);
		assertTimeout(200);
	}

	@Test
	void totalTimeoutBeforeTheHead() {
		limits(40, null, null, 30);
		StepVerifier.create(stream((request) -> Mono.never()))
			.then(() -> pass(30))
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("total-timeout of 30000 ms"))
			.verify(PATIENCE);
		assertTimeout(null);
	}

	@Test
	void endedStreamWhoseConnectionStaysOpenHasNoLimit() {
		limits(null, null, 5, null);
		StepVerifier.create(stream(answering()))
			.then(() -> emit(Chat.delta("a"), Chat.FINISH, Chat.DONE))
			.expectNextCount(3)
			.then(() -> pass(20))
			.then(this.body::complete)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void cancelledCallHasNoTimerLeft() {
		limits(10, 20, 5, 30);
		StepVerifier.create(stream(answering()).take(1))
			.then(() -> emit(Chat.delta("a")))
			.expectNextCount(1)
			.expectComplete()
			.verify(PATIENCE);
		pass(100);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@Test
	void idleTimeRunsOnlyWhileSomethingIsAskedFor() {
		limits(null, null, 5, null);
		StepVerifier.create(raw(answering()), 1)
			.then(() -> emit(Chat.delta("a")))
			.expectNextCount(1)
			.then(() -> pass(100))
			.thenRequest(1)
			.then(() -> pass(4))
			.then(() -> assertThat(this.guarded.outcomes).isEmpty())
			.then(() -> pass(1))
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("idle-timeout of 5000 ms"))
			.verify(PATIENCE);
		assertTimeout(200);
	}

	@Test
	void waitsForTheProviderAddUpAroundPauses() {
		limits(null, 10, null, null);
		StepVerifier.Step<DataBuffer> steps = StepVerifier.create(raw(answering()), 0);
		for (int i = 0; i < 3; i++) {
			steps = steps.then(() -> pass(60))
				.thenRequest(1)
				.then(() -> pass(3))
				.then(() -> emit(Chat.KEEP_ALIVE))
				.expectNextCount(1);
		}
		steps.then(() -> pass(60))
			.then(() -> assertThat(this.guarded.outcomes).isEmpty())
			.thenRequest(1)
			.then(() -> pass(1))
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("first-token-timeout"))
			.verify(PATIENCE);
		assertTimeout(200);
	}

	@Test
	void slowReadersDoNotOpenAHealthyModel() {
		limits(null, 10, 5, null);
		for (int i = 0; i < 6; i++) {
			TestPublisher<DataBuffer> source = TestPublisher.create();
			StepVerifier.create(raw((request) -> Mono.just(answer(source.flux()))), 1)
				.then(() -> source.next(buffer(Chat.delta("a"))))
				.expectNextCount(1)
				.then(() -> pass(60))
				.thenRequest(1)
				.then(() -> source.next(buffer(Chat.FINISH)))
				.expectNextCount(1)
				.then(source::complete)
				.expectComplete()
				.verify(PATIENCE);
		}
		assertThat(this.guarded.kinds()).hasSize(6).containsOnly(OutcomeKind.SUCCESS);
	}

	@Test
	void heldBackStreamHasNoLimitUntilItIsAskedFor() {
		limits(null, 10, 5, null);
		this.guarded.retries(1);
		StepVerifier.create(raw(answering()), 0)
			.then(() -> emit(Chat.delta("a")))
			.then(() -> pass(60))
			.thenRequest(1)
			.expectNextCount(1)
			.thenRequest(1)
			.then(() -> pass(4))
			.then(() -> emit(Chat.FINISH))
			.expectNextCount(1)
			.then(this.body::complete)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void bodyThatIsReadLateHasItsTimeFromThen() {
		limits(null, 10, 5, null);
		ResponseEntity<Flux<String>> entity = retrieve(answering()).toEntityFlux(String.class).block(PATIENCE);
		pass(60);
		StepVerifier.create(entity.getBody())
			.then(() -> pass(9))
			.then(this::finish)
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void totalTimeoutWhileNothingIsAskedForIsNotTheProvidersFault() {
		limits(null, null, 5, 30);
		StepVerifier.create(raw(answering()), 1)
			.then(() -> emit(Chat.delta("a")))
			.expectNextCount(1)
			.then(() -> pass(29))
			.then(() -> assertThat(this.guarded.outcomes).isEmpty())
			.then(() -> pass(1))
			.then(() -> assertThat(this.guarded.outcomes).hasSize(1))
			.thenRequest(1)
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("total-timeout of 30000 ms"))
			.verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
		assertThat(this.guarded.outcome().countsAsFailure()).isFalse();
		this.body.assertCancelled();
	}

	@Test
	void timeInTheHandsOfTheReaderIsItsOwn() {
		limits(null, null, 5, null);
		StepVerifier.create(raw(answering()).doOnNext((buffer) -> pass(20)))
			.then(() -> emit(Chat.delta("a"), Chat.delta("b")))
			.expectNextCount(2)
			.then(() -> pass(4))
			.then(() -> assertThat(this.guarded.outcomes).isEmpty())
			.then(() -> pass(1))
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("idle-timeout of 5000 ms"))
			.verify(PATIENCE);
		assertTimeout(200);
	}

	@Test
	void whoHasAskedForNothingAndLeavesLateDoesNotCount() {
		StepVerifier.create(raw(answering()), 0).then(() -> pass(120)).thenCancel().verify(PATIENCE);
		limits(null, 10, null, null);
		StepVerifier.create(raw(answering()), 0).then(() -> pass(120)).thenCancel().verify(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED, OutcomeKind.CANCELLED);
	}

	private void limits(@Nullable Integer response, @Nullable Integer firstToken, @Nullable Integer idle,
			@Nullable Integer total) {
		this.guarded.timeouts(new TimeoutPolicy(seconds(response), seconds(firstToken), seconds(idle), seconds(total)));
	}

	private static @Nullable Duration seconds(@Nullable Integer seconds) {
		return (seconds != null) ? Duration.ofSeconds(seconds) : null;
	}

	private void pass(int seconds) {
		this.scheduler.advanceTimeBy(Duration.ofSeconds(seconds));
	}

	private void emit(String... events) {
		for (String event : events) {
			this.body.next(buffer(event));
		}
	}

	private static DataBuffer buffer(String event) {
		return DefaultDataBufferFactory.sharedInstance.wrap(event.getBytes(StandardCharsets.UTF_8));
	}

	private void finish() {
		emit(Chat.FINISH, Chat.DONE);
		this.body.complete();
	}

	private void assertTimeout(@Nullable Integer status) {
		assertThat(this.guarded.kinds()).isEqualTo(List.of(OutcomeKind.TIMEOUT));
		assertThat(this.guarded.outcome().scope()).isEqualTo(OutcomeScope.MODEL);
		assertThat(this.guarded.outcome().status()).isEqualTo(status);
		assertThat(this.cancels.get() > 0 || this.body.wasCancelled() || status == null).isTrue();
	}

	private ExchangeFunction answering() {
		return (request) -> Mono.just(answer(this.body.flux()));
	}

	private static ClientResponse answer(Flux<DataBuffer> body) {
		return ClientResponse.create(HttpStatus.OK).header("Content-Type", "text/event-stream").body(body).build();
	}

	private Flux<DataBuffer> raw(ExchangeFunction exchange) {
		return retrieve(exchange).bodyToFlux(DataBuffer.class);
	}

	private Flux<ServerSentEvent<String>> stream(ExchangeFunction exchange) {
		return retrieve(exchange).bodyToFlux(new ParameterizedTypeReference<>() {
		});
	}

	private WebClient.ResponseSpec retrieve(ExchangeFunction exchange) {
		return WebClient.builder()
			.filter(this.guarded.filter())
			.exchangeFunction(exchange)
			.build()
			.post()
			.uri("https://api.openai.com" + Chat.PATH)
			.bodyValue(Chat.with("m"))
			.retrieve();
	}

}
