// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeldBody} and the engine behind it.
 */
class HeldBodyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final NettyDataBufferFactory factory = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

	private final List<HeldBody> ready = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 1000 })
	void nothingIsLostOnTheWay(int batch) {
		List<String> pieces = IntStream.range(0, 200).mapToObj((i) -> "piece " + i + ";").toList();
		HeldBody body = held(Flux.fromIterable(pieces).map(this::buffer).publishOn(Schedulers.parallel()), 100);
		body.start(this.ready::add);
		String text = text(body).limitRate(batch).collectList().map((list) -> String.join("", list)).block(PATIENCE);
		assertThat(text).isEqualTo(String.join("", pieces));
	}

	@Test
	void readsNoFurtherThanNecessary() {
		TestPublisher<DataBuffer> source = TestPublisher.create();
		HeldBody body = held(source.flux(), 5);
		body.start(this.ready::add);
		source.assertMinRequested(1);
		source.next(buffer("abc"));
		assertThat(this.ready).isEmpty();
		source.next(buffer("def"));
		assertThat(this.ready).containsExactly(body);
		assertThat(body.beginning(4)).isEqualTo("abcd".getBytes(StandardCharsets.UTF_8));
		StepVerifier.create(text(body), 1)
			.expectNext("abcdef")
			.thenRequest(1)
			.then(() -> source.next(buffer("g")))
			.expectNext("g")
			.then(source::complete)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void endsEarly() {
		HeldBody body = held(Flux.just("a", "b").map(this::buffer), 100);
		body.start(this.ready::add);
		assertThat(body.isOver()).isTrue();
		StepVerifier.create(text(body)).expectNext("ab").expectComplete().verify(PATIENCE);
		StepVerifier.create(text(body)).expectNext("ab").expectComplete().verify(PATIENCE);
	}

	@Test
	void errorComesAfterWhatWasRead() {
		HeldBody body = held(
				Flux.just("a", "b").map(this::buffer).concatWith(Flux.error(new IllegalStateException("x"))), 100);
		body.start(this.ready::add);
		StepVerifier.create(text(body)).expectNext("ab").expectErrorMessage("x").verify(PATIENCE);
	}

	@Test
	void hurriedBodyGoesOnLater() {
		TestPublisher<DataBuffer> source = TestPublisher.create();
		HeldBody body = held(source.flux(), 100);
		body.start(this.ready::add);
		source.next(buffer("a"));
		body.hurry();
		assertThat(this.ready).hasSize(1);
		source.next(buffer("b"));
		StepVerifier.create(text(body))
			.expectNext("a", "b")
			.then(() -> source.next(buffer("c")))
			.expectNext("c")
			.then(source::complete)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void abandonedBodyIsReleasedAndCannotBeRead() {
		TestPublisher<DataBuffer> source = TestPublisher.create();
		HeldBody body = held(source.flux(), 1);
		body.start(this.ready::add);
		source.next(buffer("a"));
		body.abandon();
		source.assertCancelled();
		StepVerifier.create(text(body)).expectError(IllegalStateException.class).verify(PATIENCE);
	}

	@Test
	void cancelAtAnyMomentReleasesEverything() {
		for (int i = 0; i < 300; i++) {
			HeldBody body = held(Flux.range(0, 50).map((n) -> buffer("piece")).publishOn(Schedulers.parallel(), 4), 20);
			body.start(this.ready::add);
			int wanted = i % 20;
			body.subscribe(new BaseSubscriber<>() {

				private int seen;

				@Override
				protected void hookOnNext(DataBuffer buffer) {
					DataBufferUtils.release(buffer);
					if (++this.seen > wanted) {
						cancel();
					}
				}

			});
		}
		assertThat(this.ready).isNotNull();
	}

	private HeldBody held(Flux<DataBuffer> source, int limit) {
		return HeldBody.ofError(source, Context.empty(), limit);
	}

	private DataBuffer buffer(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return this.factory.allocateBuffer(bytes.length).write(bytes);
	}

	private static Flux<String> text(Flux<DataBuffer> body) {
		return body.map((buffer) -> {
			String text = buffer.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(buffer);
			return text;
		});
	}

}
