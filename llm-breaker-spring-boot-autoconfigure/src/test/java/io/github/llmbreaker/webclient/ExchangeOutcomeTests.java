// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what {@link LlmBreakerExchangeFilterFunction} makes of answers and faults on
 * real sockets.
 */
class ExchangeOutcomeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	private WebClient client;

	@BeforeEach
	void start() {
		this.client = this.guarded.provider("openai", this.server.url() + "/v1")
			.builder()
			.baseUrl(this.server.url())
			.build();
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@Test
	void goodAnswerIsSuccess() {
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("gpt-4.1").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
		assertThat(this.guarded.targets).containsExactly(new LlmTarget("openai", "chat.completions", "gpt-4.1"));
		assertThat(this.guarded.outcome().status()).isEqualTo(200);
		assertThat(this.server.requests().get(0).text()).isEqualTo(
				"{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false}");
	}

	@ParameterizedTest
	@DisplayName("A status that says nothing about the provider is neutral")
	@ValueSource(ints = { 400, 422, 300 })
	void neutralStatus(int status) {
		this.server.always(FakeAnswer.json(status, "{\"error\":{\"message\":\"Bad\"}}"));
		for (int i = 0; i < 5; i++) {
			this.client.post()
				.uri(Chat.PATH)
				.bodyValue(Chat.with("m"))
				.exchangeToMono((answer) -> answer.toBodilessEntity())
				.block(PATIENCE);
		}
		assertThat(this.guarded.outcomes).hasSize(5)
			.allSatisfy((outcome) -> assertThat(outcome.countsAsFailure()).isFalse());
		assertThat(this.guarded.state("openai:m")).isEqualTo(BreakerState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redirectOfAQuestionIsAConnectErrorThatReachesTheCaller(int status) {
		this.server.always(FakeAnswer.status(status).header("Location", "/login").body("moved"));
		for (int i = 0; i < 3; i++) {
			String body = this.client.post()
				.uri(Chat.PATH)
				.bodyValue(Chat.with("m"))
				.exchangeToMono((answer) -> answer.bodyToMono(String.class))
				.block(PATIENCE);
			assertThat(body).isEqualTo("moved");
		}
		assertThat(this.guarded.kinds()).hasSize(3).containsOnly(OutcomeKind.CONNECT_ERROR);
		assertThat(this.guarded.outcome().status()).isEqualTo(status);
		assertThat(this.guarded.outcome().scope()).isEqualTo(OutcomeScope.PROVIDER);
		assertThat(this.guarded.state("openai")).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void redirectOfAReadIsNeutral() {
		this.server.enqueue(FakeAnswer.status(302).header("Location", "/login"));
		this.client.get().uri("/v1/models").retrieve().toBodilessEntity().block(PATIENCE);
		assertThat(this.guarded.outcome().countsAsFailure()).isFalse();
		assertThat(this.guarded.outcome().kind()).isNotEqualTo(OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 600, 799, 999 })
	void statusBeyondTheKnownOnesIsAnError(int status) {
		this.server.enqueue(FakeAnswer.json(status, "{}"));
		assertThatExceptionOfType(WebClientException.class).isThrownBy(() -> ask("m").block(PATIENCE));
		assertThat(this.guarded.outcome().kind()).isNotEqualTo(OutcomeKind.SUCCESS);
		assertThat(this.guarded.outcome().status()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "429, RATE_LIMITED", "500, SERVER_ERROR", "503, OVERLOADED", "401, AUTH", "404, MODEL_NOT_FOUND" })
	void errorStatusReachesTheCallerUnchanged(int status, String kind) {
		String body = "{\"error\":{\"message\":\"No\",\"code\":\"" + ((status == 404) ? "model_not_found" : "x")
				+ "\"}}";
		this.server.enqueue(FakeAnswer.json(status, body).header("Retry-After", "7").header("X-Request-Id", "abc"));
		WebClientResponseException error = catchThrowableOfType(WebClientResponseException.class,
				() -> ask("gpt-4.1").block(PATIENCE));
		assertThat(error.getStatusCode().value()).isEqualTo(status);
		assertThat(error.getResponseBodyAsString()).isEqualTo(body);
		assertThat(error.getHeaders().getFirst("X-Request-Id")).isEqualTo("abc");
		assertThat(error.getRequest()).isNotNull();
		assertThat(error.getRequest().getURI()).hasPath(Chat.PATH);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.valueOf(kind));
		assertThat(this.guarded.outcome().retryAfter()).isIn(Duration.ofSeconds(7), null);
		assertThat(this.guarded.outcome().status()).isEqualTo(status);
	}

	@Test
	@DisplayName("A rejected call uses no connection")
	void rejectedCallUsesNoConnection() {
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("m").block(PATIENCE));
		}
		int connections = this.server.connectionCount();
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> ask("m").block(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getTarget().model()).isEqualTo("m"));
		assertThat(this.server.requestCount()).isEqualTo(2);
		assertThat(this.server.connectionCount()).isEqualTo(connections);
		assertThat(this.guarded.outcomes).hasSize(2);
		this.server.enqueue(FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("other").block(PATIENCE)).isEqualTo(Chat.ANSWER);
	}

	@Test
	@DisplayName("Connection refused")
	void connectionRefused() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		GuardedWebClient other = new GuardedWebClient().provider("openai", "http://127.0.0.1:" + port + "/v1");
		assertThatExceptionOfType(WebClientRequestException.class)
			.isThrownBy(() -> ask(other.client(), "http://127.0.0.1:" + port + Chat.PATH, "m").block(PATIENCE));
		assertThat(other.kinds()).containsExactly(OutcomeKind.CONNECT_ERROR);
		other.close();
	}

	@Test
	@DisplayName("DNS failure")
	void dnsFailure() {
		GuardedWebClient other = new GuardedWebClient().provider("openai", "http://nowhere.invalid/v1");
		assertThatExceptionOfType(WebClientRequestException.class)
			.isThrownBy(() -> ask(other.client(), "http://nowhere.invalid" + Chat.PATH, "m").block(PATIENCE));
		assertThat(other.kinds()).containsExactly(OutcomeKind.CONNECT_ERROR);
		other.close();
	}

	@Test
	@DisplayName("TLS failure")
	void tlsFailure() {
		String url = "https://127.0.0.1:" + this.server.port();
		GuardedWebClient other = new GuardedWebClient().provider("openai", url + "/v1");
		this.server.always(FakeAnswer.disconnect());
		assertThatExceptionOfType(WebClientRequestException.class)
			.isThrownBy(() -> ask(other.client(), url + Chat.PATH, "m").block(PATIENCE));
		assertThat(other.outcome().countsAsFailure()).isTrue();
		other.close();
	}

	@Test
	@DisplayName("Read timeout of the client")
	void readTimeout() {
		this.server.always(FakeAnswer.silence());
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> ask("m").block(PATIENCE));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
	}

	@Test
	void connectionLostBeforeTheHead() {
		this.server.always(FakeAnswer.connectionReset());
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> ask("m").block(PATIENCE));
		assertThat(this.guarded.outcome().countsAsFailure()).isTrue();
		assertThat(this.guarded.outcomes).hasSize(1);
	}

	@Test
	void connectionLostInTheBody() {
		this.server.enqueue(FakeAnswer.json(200, "{\"id\":").header("Content-Length", "500").cut());
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("m").block(PATIENCE));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR);
		assertThat(this.guarded.outcome().status()).isEqualTo(200);
	}

	@Test
	void errorInsideOfAGoodAnswer() {
		this.server.enqueue(FakeAnswer.json(200, "{\"error\":{\"code\":429,\"message\":\"Rate limit exceeded\"}}"));
		ask("m").block(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.RATE_LIMITED);
	}

	@Test
	void wholeStream() {
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.delta("a"), Chat.delta("b"), Chat.FINISH, Chat.DONE));
		assertThat(stream("m").collectList().block(PATIENCE)).hasSize(5);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	@DisplayName("An error event inside of a 200 stream is that error")
	void errorEventInStream() {
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.delta("a"), Chat.error("rate_limit_exceeded", "Slow down")));
		assertThat(stream("m").collectList().block(PATIENCE)).hasSize(3);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.RATE_LIMITED);
	}

	@Test
	@DisplayName("A stream that ends without its terminal event is a failure")
	void streamWithoutEnd() {
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.delta("a")));
		assertThat(stream("m").collectList().block(PATIENCE)).hasSize(2);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR);
	}

	@ParameterizedTest
	@DisplayName("A stream whose connection breaks is a failure")
	@ValueSource(strings = { "cut", "reset", "bad chunk" })
	void brokenStream(String how) {
		FakeAnswer answer = FakeAnswer.sse(Chat.ROLE, Chat.delta("a")).hold();
		this.server.enqueue(switch (how) {
			case "cut" -> answer.cut();
			case "reset" -> answer.reset();
			default -> answer.raw("no chunk\r\n");
		});
		Flux<ServerSentEvent<String>> events = stream("m").doOnNext((event) -> {
			if (event.data().contains("\"a\"")) {
				this.server.proceed();
			}
		});
		assertThatExceptionOfType(WebClientResponseException.class)
			.isThrownBy(() -> events.collectList().block(PATIENCE));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR);
	}

	@Test
	void streamCutAfterItsEndIsSuccess() {
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a"), Chat.FINISH, Chat.DONE).hold().cut());
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> stream("m").doOnNext((event) -> {
			if ("[DONE]".equals(event.data())) {
				this.server.proceed();
			}
		}).blockLast(PATIENCE));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	@DisplayName("A caller that has enough is neutral, and the connection is closed")
	void cancelAfterFirstToken() {
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.delta("a")).stall());
		assertThat(stream("m").skip(1).take(1).collectList().block(PATIENCE)).hasSize(1);
		this.server.awaitDisconnect();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
		assertThat(this.guarded.outcome().scope()).isEqualTo(OutcomeScope.NONE);
	}

	@Test
	void cancelAfterTheEndIsSuccess() {
		this.server.enqueue(FakeAnswer.sse(Chat.delta("a"), Chat.FINISH, Chat.DONE).stall());
		stream("m").takeUntil((event) -> "[DONE]".equals(event.data())).blockLast(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	@DisplayName("A caller that gives up before the head is neutral")
	void cancelBeforeTheHead() {
		this.server.enqueue(FakeAnswer.silence());
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> ask("m").block(Duration.ofMillis(500)));
		this.server.awaitDisconnect();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@Test
	void cancelBeforeTheHeadAfterALongWaitIsATimeout() {
		this.server.enqueue(FakeAnswer.silence());
		Mono<String> answer = ask("m").doOnSubscribe((s) -> this.guarded.time.advanceSeconds(0));
		var subscription = answer.subscribe();
		this.server.takeRequest();
		this.guarded.time.advanceSeconds(60);
		subscription.dispose();
		this.server.awaitDisconnect();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
		assertThat(this.guarded.outcome().scope()).isEqualTo(OutcomeScope.MODEL);
	}

	@Test
	void cancelOfAStalledStreamAfterALongWaitIsATimeout() {
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE).stall());
		stream("m").doOnNext((event) -> this.guarded.time.advanceSeconds(60)).take(1).blockLast(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
	}

	@Test
	@DisplayName("A half-open place is given back exactly once")
	void halfOpenPlaceOfACancelledProbe() {
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("m").block(PATIENCE));
		}
		assertThat(this.guarded.state("openai:m")).isEqualTo(BreakerState.OPEN);
		this.guarded.time.advanceSeconds(30);
		this.server.enqueue(FakeAnswer.silence(), FakeAnswer.json(200, Chat.ANSWER), FakeAnswer.json(200, Chat.ANSWER));
		var probe = ask("m").subscribe();
		this.server.takeRequest();
		this.server.takeRequest();
		this.server.takeRequest();
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> ask("m").block(PATIENCE));
		probe.dispose();
		assertThat(this.guarded.state("openai:m")).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(ask("m").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.state("openai:m")).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void eachSubscriptionIsACall() {
		this.server.enqueue(FakeAnswer.json(500, "{}"), FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("m").retry(1).block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void unknownUrlPassesUntouched() {
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		for (int i = 0; i < 9; i++) {
			assertThatExceptionOfType(WebClientResponseException.class)
				.isThrownBy(() -> ask(this.client, this.server.url() + "/other", "m").block(PATIENCE));
		}
		assertThat(this.guarded.outcomes).isEmpty();
		assertThat(this.guarded.registry().all()).isEmpty();
	}

	@Test
	void attributeNamesTheTarget() {
		this.server.always(FakeAnswer.json(200, Chat.ANSWER));
		this.client.post()
			.uri("/mine")
			.attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("mine", "x"))
			.bodyValue("{}")
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
		this.client.post()
			.uri(Chat.PATH)
			.attribute(LlmTarget.ATTRIBUTE, LlmTarget.NONE)
			.bodyValue(Chat.with("m"))
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
		assertThat(this.guarded.targets).containsExactly(LlmTarget.of("mine", "x"));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.client.post()
				.uri(Chat.PATH)
				.attribute(LlmTarget.ATTRIBUTE, "openai:x")
				.retrieve()
				.bodyToMono(String.class)
				.block(PATIENCE))
			.withMessageContaining(LlmTarget.ATTRIBUTE);
	}

	@Test
	void severalModelsAtOnce() {
		this.server.always((request) -> request.text().contains("\"good\"") ? FakeAnswer.json(200, Chat.ANSWER)
				: FakeAnswer.json(503, Chat.OVERLOADED));
		List<Object> results = Flux.range(0, 40)
			.flatMap((i) -> ask((i % 2 == 0) ? "good" : "bad").cast(Object.class).onErrorResume((ex) -> Mono.just(ex)))
			.collectList()
			.block(PATIENCE);
		assertThat(results).filteredOn(String.class::isInstance).hasSize(20);
		assertThat(this.guarded.state("openai:good")).isEqualTo(BreakerState.CLOSED);
		assertThat(this.guarded.state("openai:bad")).isEqualTo(BreakerState.OPEN);
	}

	private Mono<String> ask(String model) {
		return ask(this.client, this.server.url() + Chat.PATH, model);
	}

	private static Mono<String> ask(WebClient client, String url, String model) {
		return client.post().uri(url).bodyValue(Chat.with(model)).retrieve().bodyToMono(String.class);
	}

	private Flux<ServerSentEvent<String>> stream(String model) {
		return this.client.post()
			.uri(Chat.PATH)
			.bodyValue(Chat.with(model))
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			});
	}

}
