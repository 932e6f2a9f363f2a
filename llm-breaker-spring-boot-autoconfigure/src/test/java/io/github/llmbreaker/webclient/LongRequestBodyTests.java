// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.FallbackModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for request bodies that are too long to be kept for another attempt.
 */
class LongRequestBodyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int MEBIBYTE = 1024 * 1024;

	private static final int PIECE = 16 * 1024;

	private static final byte[] BEGINNING = "{\"model\":\"big\",\"input\":\"".getBytes(StandardCharsets.UTF_8);

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicLong received = new AtomicLong();

	private final AtomicLong memory = new AtomicLong();

	private final GuardedWebClient guarded = new GuardedWebClient();

	private volatile int status = 200;

	private DisposableServer server;

	@BeforeEach
	void start() {
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();
		this.guarded.provider("openai", url() + "/v1").retries(2).fallbacks(new FallbackModel(null, "small"));
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.disposeNow();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void longBodyIsSentOnceAndNotKept(boolean flushed) {
		this.status = 503;
		long before = usedMemory();
		assertThat(send(body(64 * MEBIBYTE), flushed).block(PATIENCE)).isEqualTo(503);
		assertThat(this.received).hasValue(64 * MEBIBYTE);
		assertThat(this.requests).hasValue(1);
		assertThat(this.guarded.steps).isEmpty();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED);
		assertThat(this.memory.get() - before).as("bytes kept").isLessThan(24 * MEBIBYTE);
	}

	@Test
	void longBodyThatIsAnsweredWellIsSuccess() {
		assertThat(send(body(64 * MEBIBYTE), false).block(PATIENCE)).isEqualTo(200);
		assertThat(this.received).hasValue(64 * MEBIBYTE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void bodyIsKeptUpToTheLimit() {
		this.status = 500;
		send(body(16 * MEBIBYTE), false).block(PATIENCE);
		assertThat(this.guarded.steps).isNotEmpty();
		assertThat(this.requests.get()).isGreaterThan(1);
		assertThat(this.received.get()).isGreaterThanOrEqualTo(32 * MEBIBYTE);
	}

	@Test
	void bodyAboveTheLimitIsNotSentAgain() {
		this.status = 500;
		assertThat(send(body(16 * MEBIBYTE).concatWith(Mono.just(buffer(new byte[1]))), false).block(PATIENCE))
			.isEqualTo(500);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void rejectedCallWithALongBodyStaysRejected() {
		this.guarded.registry().gate(new LlmTarget("openai", "chat.completions", "big")).modelBreaker().forceOpen(null);
		assertThatExceptionOfType(LlmCallRejectedException.class)
			.isThrownBy(() -> send(body(64 * MEBIBYTE), false).block(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getTarget().model()).isEqualTo("big"));
		assertThat(this.received).hasValue(0);
		assertThat(this.guarded.outcomes).noneMatch((outcome) -> outcome.countsAsFailure());
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		this.requests.incrementAndGet();
		return request.receive()
			.doOnNext((buffer) -> this.received.addAndGet(buffer.readableBytes()))
			.then(Mono.defer(() -> response.status(this.status)
				.header("Content-Type", "application/json")
				.sendString(Mono.just(Chat.ANSWER))
				.then()));
	}

	private Mono<Integer> send(Flux<DataBuffer> body, boolean flushed) {
		BodyInserter<?, ? super ClientHttpRequest> inserter = flushed
				? (message, context) -> message.writeAndFlushWith(body.map(Mono::just))
				: BodyInserters.fromDataBuffers(body);
		return this.guarded.client()
			.post()
			.uri(url() + Chat.PATH)
			.contentType(MediaType.APPLICATION_JSON)
			.body(inserter)
			.exchangeToMono((response) -> Mono.just(response.statusCode().value()));
	}

	private Flux<DataBuffer> body(int size) {
		return Flux.range(0, size / PIECE).map((i) -> {
			byte[] piece = new byte[PIECE];
			if (i == 0) {
				System.arraycopy(BEGINNING, 0, piece, 0, BEGINNING.length);
			}
			if (i % 900 == 899) {
				this.memory.accumulateAndGet(usedMemory(), Math::max);
			}
			return buffer(piece);
		});
	}

	private static DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	private static long usedMemory() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

}
