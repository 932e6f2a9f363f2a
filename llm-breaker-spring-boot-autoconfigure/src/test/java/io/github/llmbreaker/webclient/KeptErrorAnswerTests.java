// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for error answers that are handed on after other attempts.
 */
class KeptErrorAnswerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	@BeforeEach
	void start() {
		this.guarded.provider("openai", this.server.url() + "/v1")
			.breaker(TestPolicies.model().threshold(1000).get())
			.retries(1)
			.fallbacks(new FallbackModel(null, "small"));
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 100, 65_536, 300_000, 20_000_000 })
	void errorBodyIsHandedOnWhole(int length) {
		byte[] body = "0123456789abcdef".repeat(length / 16 + 1).substring(0, length).getBytes(StandardCharsets.UTF_8);
		this.server.enqueue(FakeAnswer.status(503).body(body), FakeAnswer.json(500, "{}"))
			.always(FakeAnswer.json(429, "{}"));
		ResponseEntity<byte[]> answer = exchange((response) -> response.toEntity(byte[].class)).block(PATIENCE);
		assertThat(answer.getStatusCode().value()).isEqualTo(503);
		assertThat(answer.getHeaders().getContentLength()).isEqualTo(length);
		assertThat((answer.getBody() != null) ? answer.getBody() : new byte[0]).isEqualTo(body);
		assertThat(this.guarded.outcomes).hasSize(4);
	}

	@Test
	void errorBodyThatTakesLongerThanTheOtherAttemptsIsHandedOnWhole() {
		String half = "x".repeat(100_000);
		this.server.enqueue(FakeAnswer.chunked(503, "text/plain").chunk(half).hold().chunk(half))
			.always(FakeAnswer.json(500, "{}"));
		String body = exchange((response) -> {
			this.server.proceed();
			return response.bodyToMono(String.class);
		}).block(PATIENCE);
		assertThat(body).isEqualTo(half + half);
	}

	@Test
	void errorBodyThatBreaksOffLaterBreaksOffForTheCaller() {
		this.server.enqueue(FakeAnswer.status(503).header("Content-Length", "300000").body("x".repeat(200_000)).cut())
			.always(FakeAnswer.json(500, "{}"));
		Mono<String> body = exchange((response) -> response.bodyToMono(String.class));
		assertThat(body.onErrorReturn("broken").block(PATIENCE)).isEqualTo("broken");
	}

	@Test
	void errorBodyThatNobodyNeedsAnyMoreIsClosed() {
		this.server.enqueue(FakeAnswer.chunked(503, "text/plain").chunk("x".repeat(100_000)).stall(),
				FakeAnswer.json(200, Chat.ANSWER));
		assertThat(exchange((response) -> response.bodyToMono(String.class)).block(PATIENCE)).isEqualTo(Chat.ANSWER);
		this.server.awaitDisconnect();
	}

	@Test
	void laterErrorBodiesAreClosedAtOnce() {
		this.server.enqueue(FakeAnswer.json(503, Chat.OVERLOADED),
				FakeAnswer.chunked(503, "text/plain").chunk("x".repeat(100_000)).stall(), FakeAnswer.json(500, "{}"));
		assertThat(exchange((response) -> response.bodyToMono(String.class)).block(PATIENCE))
			.isEqualTo(Chat.OVERLOADED);
		this.server.awaitDisconnect();
	}

	@Test
	void whoLeavesClosesTheErrorAnswerThatWasKept() {
		this.guarded.retries(1);
		this.server.enqueue(
				FakeAnswer.chunked(503, "text/plain").header("Retry-After", "5").chunk("x".repeat(100_000)).stall());
		var call = exchange((response) -> response.bodyToMono(String.class)).subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> !this.guarded.steps.isEmpty());
		call.dispose();
		this.server.awaitDisconnect();
	}

	private <T> Mono<T> exchange(Function<ClientResponse, Mono<T>> reader) {
		WebClient client = this.guarded.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
		return client.post().uri(this.server.url() + Chat.PATH).bodyValue(Chat.with("big")).exchangeToMono(reader);
	}

}
