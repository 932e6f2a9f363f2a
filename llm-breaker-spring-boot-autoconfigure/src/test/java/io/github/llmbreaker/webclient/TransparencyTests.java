// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that callers get from a guarded {@code WebClient} what they get from another,
 * whatever they do with the answer.
 */
class TransparencyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final GuardedWebClient guarded = new GuardedWebClient();

	private WebClient client;

	@BeforeEach
	void start() {
		this.client = this.guarded.provider("openai", this.server.url() + "/v1")
			.clock(this.guarded.time, this.scheduler)
			.builder()
			.baseUrl(this.server.url())
			.build();
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
		this.scheduler.dispose();
	}

	@Test
	void onStatusHandlerReadsTheBody() {
		this.server.enqueue(FakeAnswer.json(503, Chat.OVERLOADED));
		Mono<String> answer = retrieve()
			.onStatus(HttpStatus.SERVICE_UNAVAILABLE::equals,
					(response) -> response.bodyToMono(String.class).map(IllegalStateException::new))
			.bodyToMono(String.class);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> answer.block(PATIENCE))
			.withMessage(Chat.OVERLOADED);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED);
	}

	@Test
	void onStatusHandlerThatIgnoresTheBody() {
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		Mono<String> answer = retrieve()
			.onStatus(HttpStatus.SERVICE_UNAVAILABLE::equals, (response) -> Mono.just(new IllegalStateException("x")))
			.bodyToMono(String.class);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> answer.block(PATIENCE));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED);
	}

	@Test
	void onStatusHandlerThatSuppressesTheError() {
		this.server.enqueue(FakeAnswer.json(500, "{\"a\":1}"));
		String body = retrieve().onStatus((status) -> true, (response) -> Mono.empty())
			.bodyToMono(String.class)
			.block(PATIENCE);
		assertThat(body).isEqualTo("{\"a\":1}");
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR);
	}

	@Test
	void exchangeToMonoReadsErrorAsEntity() {
		this.server.enqueue(FakeAnswer.json(429, "{\"a\":1}"));
		ResponseEntity<String> entity = request().exchangeToMono((response) -> response.toEntity(String.class))
			.block(PATIENCE);
		assertThat(entity.getStatusCode().value()).isEqualTo(429);
		assertThat(entity.getBody()).isEqualTo("{\"a\":1}");
	}

	@Test
	void exchangeToMonoThatIgnoresAGoodBody() {
		this.server.always(FakeAnswer.json(200, Chat.ANSWER));
		for (int i = 0; i < 51; i++) {
			assertThat(request().exchangeToMono((response) -> Mono.just(response.statusCode().value())).block(PATIENCE))
				.isEqualTo(200);
		}
		assertThat(this.guarded.kinds()).containsOnly(OutcomeKind.SUCCESS).hasSize(51);
	}

	@Test
	void exchangeToMonoThatIgnoresAnErrorBody() {
		this.server.always(FakeAnswer.json(500, "{}"));
		this.guarded.breaker(TestPolicies.model().threshold(100).get());
		// One more than there are connections.
		for (int i = 0; i < 51; i++) {
			request().exchangeToMono((response) -> Mono.just(1)).block(PATIENCE);
		}
		assertThat(this.guarded.kinds()).containsOnly(OutcomeKind.SERVER_ERROR).hasSize(51);
	}

	@Test
	void exchangeToMonoThatFails() {
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> request().exchangeToMono((response) -> Mono.error(new IllegalStateException("mine")))
				.block(PATIENCE));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void brokenBodyThatNobodyReadsIsSuccess() {
		this.server.enqueue(FakeAnswer.json(200, "{\"id\":").header("Content-Length", "500").cut(),
				FakeAnswer.sse(Chat.delta("a")).cut());
		for (int i = 0; i < 2; i++) {
			catchThrowable(() -> request().exchangeToMono((response) -> Mono.just(1)).block(PATIENCE));
		}
		this.server.enqueue(FakeAnswer.json(200, "{\"id\":"));
		assertThat(retrieve().toBodilessEntity().block(PATIENCE).getStatusCode().value()).isEqualTo(200);
		assertThat(this.guarded.kinds()).hasSize(3).containsOnly(OutcomeKind.SUCCESS);
	}

	@Test
	void createErrorHasTheBody() {
		this.server.enqueue(FakeAnswer.json(500, "{\"a\":1}"));
		assertThatExceptionOfType(WebClientResponseException.class)
			.isThrownBy(() -> request().exchangeToMono(ClientResponse::createError).block(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo("{\"a\":1}"));
	}

	@Test
	void errorBodyCanBeReadTwice() {
		this.server.enqueue(FakeAnswer.json(500, "{\"a\":1}"));
		String twice = request()
			.exchangeToMono((response) -> response.bodyToMono(String.class)
				.flatMap((one) -> response.bodyToMono(String.class).map((two) -> one + two)))
			.block(PATIENCE);
		assertThat(twice).isEqualTo("{\"a\":1}{\"a\":1}");
	}

	@Test
	void emptyErrorBody() {
		this.server.enqueue(FakeAnswer.status(502));
		WebClientResponseException error = catchThrowableOfType(WebClientResponseException.class,
				() -> retrieve().bodyToMono(String.class).block(PATIENCE));
		assertThat(error.getResponseBodyAsByteArray()).isEmpty();
		assertThat(this.guarded.outcome().countsAsFailure()).isTrue();
	}

	@Test
	void bigErrorBodyArrivesWhole() {
		byte[] body = "0123456789abcdef".repeat(12_500).getBytes();
		this.server.enqueue(FakeAnswer.status(500).body(body));
		byte[] read = request().exchangeToMono((response) -> response.bodyToMono(byte[].class)).block(PATIENCE);
		assertThat(read).isEqualTo(body);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR);
	}

	@Test
	void bigErrorBodyThatIsNotReadClosesTheConnection() {
		this.server.enqueue(FakeAnswer.chunked(500, "text/plain").chunk("x".repeat(100_000)).stall());
		Mono<Integer> first = request().exchangeToFlux((response) -> response.bodyToFlux(DataBuffer.class))
			.map((buffer) -> {
				int size = buffer.readableByteCount();
				DataBufferUtils.release(buffer);
				return size;
			})
			.next();
		assertThat(first.block(PATIENCE)).isPositive();
		this.server.awaitDisconnect();
	}

	@Test
	void errorBodyThatDoesNotEndIsHandedOnAfterAWhile() {
		this.server.enqueue(FakeAnswer.chunked(503, "application/json").chunk("{\"error\":").hold().chunk("{}}"));
		Mono<String> body = request().exchangeToMono((response) -> {
			this.server.proceed();
			return response.bodyToMono(String.class);
		});
		var answer = body.toFuture();
		Awaitility.await().atMost(PATIENCE).until(() -> {
			this.scheduler.advanceTimeBy(Duration.ofSeconds(5));
			return answer.isDone();
		});
		assertThat(answer).isCompletedWithValue("{\"error\":{}}");
		assertThat(this.guarded.outcome().status()).isEqualTo(503);
	}

	@Test
	void errorBodyThatBreaksOff() {
		this.server.enqueue(FakeAnswer.json(503, "{\"error\":").header("Content-Length", "1000").cut());
		WebClientResponseException error = catchThrowableOfType(WebClientResponseException.class,
				() -> retrieve().bodyToMono(String.class).block(PATIENCE));
		assertThat(error.getStatusCode().value()).isEqualTo(503);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED);
	}

	@Test
	void cancelWhileTheErrorBodyIsRead() {
		this.server.enqueue(FakeAnswer.chunked(503, "application/json").chunk("{").stall());
		var call = retrieve().bodyToMono(String.class).subscribe();
		this.server.takeRequest();
		call.dispose();
		this.server.awaitDisconnect();
		Awaitility.await().atMost(PATIENCE).until(() -> !this.guarded.outcomes.isEmpty());
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@Test
	void bodilessEntity() {
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		assertThat(retrieve().toBodilessEntity().block(PATIENCE).getStatusCode().value()).isEqualTo(200);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void noContentIsSuccess() {
		this.server.enqueue(FakeAnswer.status(204));
		retrieve().toBodilessEntity().block(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void headRequest() {
		this.server.enqueue(FakeAnswer.status(200).header("Content-Length", "5"));
		this.client.head().uri("/v1/models").retrieve().toBodilessEntity().block(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void entityOfFluxIsReadLater() {
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a"), Chat.FINISH, Chat.DONE));
		ResponseEntity<Flux<String>> entity = retrieve().toEntityFlux(String.class).block(PATIENCE);
		assertThat(this.guarded.outcomes).isEmpty();
		List<String> events = entity.getBody().collectList().block(PATIENCE);
		assertThat(events).hasSize(3);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void entityOfFluxThatIsDroppedWithTheCall() {
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a")).stall());
		retrieve().toEntityFlux(String.class)
			.delayUntil((entity) -> Mono.never())
			.timeout(Duration.ofMillis(300))
			.onErrorComplete()
			.block(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@Test
	void slowReaderGetsEverything() {
		String[] pieces = Flux.range(0, 200)
			.map((i) -> Chat.delta("t" + i))
			.collectList()
			.block(PATIENCE)
			.toArray(String[]::new);
		this.server.enqueue(FakeAnswer.sse(pieces).chunk(Chat.FINISH).chunk(Chat.DONE));
		List<String> events = retrieve().bodyToFlux(String.class).limitRate(1).collectList().block(PATIENCE);
		assertThat(events).hasSize(202);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void rawBuffersPassAndAreTheReceiversToRelease() {
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a"), Chat.FINISH, Chat.DONE));
		Long bytes = request().exchangeToFlux((response) -> response.bodyToFlux(DataBuffer.class)).map((buffer) -> {
			int size = buffer.readableByteCount();
			DataBufferUtils.release(buffer);
			return (long) size;
		}).reduce(0L, Long::sum).block(PATIENCE);
		assertThat(bytes).isEqualTo((Chat.delta("a") + Chat.FINISH + Chat.DONE).length());
	}

	@Test
	void timeoutOfTheCallerWhileStreaming() {
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a")).stall());
		Flux<String> events = retrieve().bodyToFlux(String.class).timeout(Duration.ofMillis(300));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> events.blockLast(PATIENCE));
		this.server.awaitDisconnect();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@Test
	void limitOfBufferedBytesIsTheCallers() {
		this.server.enqueue(FakeAnswer.json(200, "\"" + "x".repeat(300_000) + "\""));
		assertThatExceptionOfType(WebClientResponseException.class)
			.isThrownBy(() -> retrieve().bodyToMono(String.class).block(PATIENCE))
			.withRootCauseInstanceOf(DataBufferLimitException.class);
		assertThat(this.guarded.outcome().countsAsFailure()).isFalse();
	}

	private WebClient.RequestHeadersSpec<?> request() {
		return this.client.post().uri(Chat.PATH).bodyValue(Chat.with("m"));
	}

	private WebClient.ResponseSpec retrieve() {
		return request().retrieve();
	}

}
