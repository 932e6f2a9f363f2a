// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.LlmProviders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for callers that leave while their answer is being read on another thread.
 */
class CancelRaceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int ROUNDS = 250;

	private final GuardedWebClient guarded = new GuardedWebClient();

	private final ExecutorService eventLoop = Executors.newSingleThreadExecutor();

	@AfterEach
	void stop() {
		this.eventLoop.shutdownNow();
		this.guarded.close();
	}

	@Test
	void callerWhoLeavesDuringTheLastBufferHarmsNoOtherCall() throws Exception {
		String rest = String.join("", IntStream.range(0, 20_000).mapToObj((i) -> Chat.delta("late " + i)).toList());
		String last = Chat.delta("a") + Chat.FINISH + Chat.DONE + rest;
		Flux<DataBuffer> good = Flux.just(Chat.ROLE, Chat.delta("b"), Chat.FINISH, Chat.DONE)
			.map(CancelRaceTests::buffer);
		Flux<DataBuffer> healthy = ask("healthy", good, DataBuffer.class);
		for (int round = 0; round < ROUNDS; round++) {
			Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
			AtomicBoolean reading = new AtomicBoolean();
			Disposable leaving = ask("left", body.asFlux(), DataBuffer.class).subscribe();
			Future<?> read = this.eventLoop.submit(() -> {
				reading.set(true);
				body.tryEmitNext(buffer(last));
			});
			while (!reading.get()) {
				Thread.onSpinWait();
			}
			spin(10 * (round % 100));
			leaving.dispose();
			healthy.blockLast(PATIENCE);
			healthy.blockLast(PATIENCE);
			read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		assertThat(this.guarded.outcomes.stream().filter(CallOutcome::countsAsFailure)).isEmpty();
		assertThat(this.guarded.outcomes).hasSize(3 * ROUNDS);
		List<OutcomeKind> kinds = IntStream.range(0, 3 * ROUNDS)
			.filter((i) -> "healthy".equals(this.guarded.targets.get(i).model()))
			.mapToObj((i) -> this.guarded.outcomes.get(i).kind())
			.toList();
		assertThat(kinds).hasSize(2 * ROUNDS).containsOnly(OutcomeKind.SUCCESS);
	}

	@Test
	void whoeverReadsJudgesAfterTheCallerHasLeft() throws Exception {
		SlowDialect dialect = new SlowDialect();
		TestPublisher<DataBuffer> body = TestPublisher.create();
		WebClient client = WebClient.builder()
			.filter(new LlmBreakerExchangeFilterFunction(new LlmProviders(List.of(dialect), List.of()),
					this.guarded.registry(), Clock.systemUTC()))
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(HttpStatus.OK).body(body.flux()).build()))
			.build();
		Disposable leaving = client.post()
			.uri("https://slow.example/chat")
			.bodyValue("{}")
			.exchangeToFlux((response) -> response.bodyToFlux(String.class))
			.subscribe();
		CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> body.next(buffer("x")), this.eventLoop);
		assertThat(dialect.reading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		leaving.dispose();
		body.assertCancelled();
		assertThat(dialect.judgements).hasValue(0);
		assertThat(this.guarded.outcomes).isEmpty();
		dialect.goOn.countDown();
		assertThat(reading).succeedsWithin(PATIENCE);
		assertThat(dialect.judgements).hasValue(1);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	private <T> Flux<T> ask(String model, Flux<DataBuffer> body, Class<T> type) {
		return WebClient.builder()
			.filter(this.guarded.filter())
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(HttpStatus.OK)
				.header("Content-Type", "text/event-stream")
				.body(body)
				.build()))
			.build()
			.post()
			.uri("https://api.openai.com" + Chat.PATH)
			.bodyValue(Chat.with(model))
			.retrieve()
			.bodyToFlux(type);
	}

	private static void spin(int times) {
		for (int i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A dialect that reads until it is told to go on, and then knows how the call ended.
	 */
	private static final class SlowDialect implements LlmDialect, BodyObserver {

		private final CountDownLatch reading = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final AtomicInteger judgements = new AtomicInteger();

		private volatile boolean settled;

		@Override
		public String id() {
			return "slow";
		}

		@Override
		public List<String> hosts() {
			return List.of("slow.example");
		}

		@Override
		public LlmOperation operation(String path) {
			return new LlmOperation("chat.completions", "m", false);
		}

		@Override
		public CallOutcome classify(ErrorAnswer answer) {
			return Outcomes.neutral(answer.head().status());
		}

		@Override
		public BodyObserver observe(AnswerHead head) {
			return this;
		}

		@Override
		public void onChunk(ByteBuffer chunk) {
			this.settled = true;
			this.reading.countDown();
			try {
				assertThat(this.goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public long contentEvents() {
			return 1;
		}

		@Override
		public boolean isStream() {
			return true;
		}

		@Override
		public boolean isSettled() {
			return this.settled;
		}

		@Override
		public CallOutcome outcome() {
			this.judgements.incrementAndGet();
			return Outcomes.success(200);
		}

	}

}
