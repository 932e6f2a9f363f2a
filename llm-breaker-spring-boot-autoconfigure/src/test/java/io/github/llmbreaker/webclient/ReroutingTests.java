// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for retries and fallbacks of a guarded {@code WebClient} on real sockets.
 */
class ReroutingTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final FallbackModel SMALL = new FallbackModel(null, "small");

	private static final FallbackModel ELSEWHERE = new FallbackModel("other", "big-2");

	private final FakeLlmServer server = FakeLlmServer.start();

	private final FakeLlmServer other = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	@BeforeEach
	void start() {
		this.guarded.provider("openai", this.server.url() + "/v1")
			.provider("other", "openai", this.other.url() + "/compatible/v1");
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
		this.other.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "503", "reset", "disconnect", "200 with an error", "cut document" })
	void retriesUntilItWorks(String fault) {
		this.guarded.retries(2);
		FakeAnswer bad = switch (fault) {
			case "503" -> FakeAnswer.json(503, Chat.OVERLOADED);
			case "reset" -> FakeAnswer.connectionReset();
			case "disconnect" -> FakeAnswer.disconnect();
			case "cut document" -> FakeAnswer.json(200, "{\"id\"").header("Content-Length", "90").cut();
			default -> FakeAnswer.json(200, "{\"error\":{\"code\":429,\"message\":\"Rate limit exceeded\"}}");
		};
		this.server.enqueue(bad, FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("big").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.outcomes).hasSize(2);
		assertThat(this.guarded.steps).containsExactly("retry big");
		assertThat(this.server.requests()).hasSize(2);
		assertSame(this.server.requests().get(0), this.server.requests().get(1));
	}

	@Test
	void givesUpAfterMaxRetries() {
		this.guarded.breaker(TestPolicies.model().threshold(100).get()).retries(2);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("big").block(PATIENCE))
			.satisfies((ex) -> {
				assertThat(ex.getResponseBodyAsString()).isEqualTo(Chat.OVERLOADED);
				assertThat(ex.getSuppressed()).filteredOn((other) -> other.getMessage() != null)
					.extracting(Throwable::getMessage)
					.filteredOn((message) -> message.startsWith("openai:big failed with OVERLOADED"))
					.hasSize(2);
			});
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	@Test
	void openBreakerIsNotRetried() {
		this.guarded.retries(5);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("big").block(PATIENCE));
		assertThat(this.server.requestCount()).isEqualTo(2);
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> ask("big").block(PATIENCE));
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 422 })
	void mistakesOfTheCallerAreNeitherRetriedNorRerouted(int status) {
		this.guarded.retries(2).fallbacks(SMALL);
		this.server.always(FakeAnswer.json(status, "{\"error\":{\"message\":\"Bad\"}}"));
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("big").block(PATIENCE));
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void siblingAnswersInstead() {
		this.guarded.fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.json(503, Chat.OVERLOADED), FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("big").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.steps).containsExactly("big > openai:small");
		assertThat(this.guarded.targets).extracting(LlmTarget::model).containsExactly("big", "small");
		RecordedRequest one = this.server.requests().get(0);
		RecordedRequest two = this.server.requests().get(1);
		assertThat(two.text()).isEqualTo(one.text().replace("\"big\"", "\"small\""));
		assertThat(two.header("Authorization")).isEqualTo("Bearer mine");
		assertThat(two.header("Content-Type")).isEqualTo(one.header("Content-Type"));
		assertThat(two.header("Content-Length")).isEqualTo(String.valueOf(two.body().length));
		assertThat(two.header("Cookie")).isEqualTo("a=b");
		assertThat(two.header("X-Mine")).isEqualTo("yes");
		assertThat(two.path()).endsWith("?x=1");
	}

	@Test
	void otherProviderAnswersInstead() {
		this.guarded.fallbacks(ELSEWHERE);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		this.other.always(FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("big").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		RecordedRequest sent = this.other.requests().get(0);
		assertThat(sent.path()).isEqualTo("/compatible/v1/chat/completions");
		assertThat(sent.header("Authorization")).isEqualTo("Bearer key-of-other");
		assertThat(sent.header("Cookie")).isNull();
		assertThat(sent.header("X-Mine")).isNull();
		assertThat(sent.text()).contains("\"model\":\"big-2\"");
		assertThat(this.guarded.targets).extracting(LlmTarget::provider).containsExactly("openai", "other");
	}

	@Test
	void rejectedCallIsRerouted() {
		this.guarded.fallbacks(ELSEWHERE);
		this.other.always(FakeAnswer.json(200, Chat.ANSWER));
		this.guarded.registry().gate(new LlmTarget("openai", "chat.completions", "big")).modelBreaker().forceOpen(null);
		assertThat(ask("big").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.server.requestCount()).isZero();
		assertThat(this.other.requests().get(0).text())
			.isEqualTo("{\"model\":\"big-2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":false}");
		assertThat(this.other.requests().get(0).header("Content-Type")).isEqualTo("application/json");
		assertThat(this.other.requests().get(0).header("Content-Length"))
			.isEqualTo(String.valueOf(this.other.requests().get(0).body().length));
	}

	@Test
	@DisplayName("Siblings are skipped after a failure of the provider, not after one of the model")
	void siblingsAreSkippedAfterAFailureOfTheProvider() {
		this.guarded.fallbacks(SMALL, ELSEWHERE);
		this.server.always(FakeAnswer.json(401, "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"No\"}}"));
		this.other.always(FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("big").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.server.requestCount()).isOne();
		assertThat(this.guarded.steps).containsExactly("big > other:big-2");
	}

	@Test
	void firstErrorIsThrownWhenEverythingFailed() {
		this.guarded.fallbacks(SMALL, ELSEWHERE);
		this.server.enqueue(FakeAnswer.json(503, "{\"error\":{\"message\":\"first\"}}"), FakeAnswer.connectionReset());
		this.other.always(FakeAnswer.json(429, "{\"error\":{\"message\":\"third\"}}"));
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("big").block(PATIENCE))
			.satisfies((ex) -> {
				assertThat(ex.getStatusCode().value()).isEqualTo(503);
				assertThat(ex.getResponseBodyAsString()).contains("first");
				assertThat(ex.getSuppressed()).extracting(Throwable::getMessage)
					.contains("openai:small failed with SERVER_ERROR",
							"other:big-2 failed with RATE_LIMITED (HTTP 429)");
			});
	}

	@Test
	void firstErrorIsAnException() {
		this.guarded.fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.connectionReset(), FakeAnswer.json(503, Chat.OVERLOADED));
		Throwable error = catchThrowable(() -> ask("big").block(PATIENCE));
		assertThat(error).isInstanceOf(WebClientRequestException.class);
		assertThat(error.getSuppressed()).extracting(Throwable::getMessage)
			.contains("openai:small failed with OVERLOADED (HTTP 503)");
	}

	@Test
	void errorAtTheStartOfAStreamIsRerouted() {
		this.guarded.fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.error("overloaded", "The engine is overloaded")).stall(),
				FakeAnswer.sse(Chat.ROLE, Chat.delta("a"), Chat.FINISH, Chat.DONE));
		List<ServerSentEvent<String>> events = stream("big").collectList().block(PATIENCE);
		assertThat(events).hasSize(4);
		this.server.awaitDisconnect();
		assertThat(this.guarded.kinds()).hasSize(2).endsWith(OutcomeKind.SUCCESS);
		assertThat(this.guarded.outcomes.get(0).countsAsFailure()).isTrue();
	}

	@Test
	void streamIsHandedOnAtItsFirstContent() {
		this.guarded.retries(3).fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.delta("a")).hold().chunk(Chat.FINISH).chunk(Chat.DONE));
		List<ServerSentEvent<String>> events = stream("big").doOnNext((event) -> {
			if (event.data().contains("\"a\"")) {
				this.server.proceed();
			}
		}).collectList().block(PATIENCE);
		assertThat(events).hasSize(4);
		assertThat(this.server.requestCount()).isOne();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void cutAfterContentReachesTheCaller() {
		this.guarded.retries(3).fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.delta("a")).hold().cut());
		assertThatExceptionOfType(WebClientResponseException.class)
			.isThrownBy(() -> stream("big").doOnNext((event) -> this.server.proceed()).blockLast(PATIENCE));
		assertThat(this.server.requestCount()).isOne();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR);
	}

	@Test
	void cutBeforeContentIsRetried() {
		this.guarded.retries(1);
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE).cut(), FakeAnswer.sse(Chat.delta("a"), Chat.FINISH, Chat.DONE));
		assertThat(stream("big").collectList().block(PATIENCE)).hasSize(3);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void bufferedStreamIsRetriedThoughItHadContent() {
		this.guarded.retries(1).buffered();
		this.server.enqueue(FakeAnswer.sse(Chat.ROLE, Chat.delta("a")).cut(),
				FakeAnswer.sse(Chat.delta("b"), Chat.delta("c"), Chat.FINISH, Chat.DONE));
		List<ServerSentEvent<String>> events = stream("big").collectList().block(PATIENCE);
		assertThat(events).hasSize(4).noneMatch((event) -> event.data().contains("\"a\""));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.SUCCESS);
	}

	@Test
	void streamErrorThatIsFinalReachesTheCaller() {
		this.guarded.retries(1);
		this.server.always(FakeAnswer.sse(Chat.ROLE, Chat.error("server_error", "Broken")));
		List<ServerSentEvent<String>> events = stream("big").collectList().block(PATIENCE);
		assertThat(events).hasSize(2).last().satisfies((event) -> assertThat(event.data()).contains("Broken"));
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@Test
	void deferredBodyIsAskedOnce() {
		this.guarded.retries(1).fallbacks(SMALL);
		AtomicInteger subscriptions = new AtomicInteger();
		Mono<Chat> body = Mono.fromSupplier(() -> {
			subscriptions.incrementAndGet();
			return Chat.with("big");
		});
		this.server.enqueue(FakeAnswer.connectionReset(), FakeAnswer.json(503, Chat.OVERLOADED),
				FakeAnswer.json(200, Chat.ANSWER));
		assertThat(request().body(body, Chat.class).retrieve().bodyToMono(String.class).block(PATIENCE))
			.isEqualTo(Chat.ANSWER);
		assertThat(subscriptions).hasValue(1);
		assertThat(this.server.requests().get(2).text()).contains("\"small\"");
	}

	@Test
	void deferredBodyOfARejectedCallIsAskedOnce() {
		this.guarded.fallbacks(SMALL);
		AtomicInteger subscriptions = new AtomicInteger();
		Mono<Chat> body = Mono.fromSupplier(() -> {
			subscriptions.incrementAndGet();
			return Chat.with("big");
		});
		this.server.always(FakeAnswer.json(200, Chat.ANSWER));
		this.guarded.registry().gate(new LlmTarget("openai", "chat.completions", "big")).modelBreaker().forceOpen(null);
		request().body(body, Chat.class).retrieve().bodyToMono(String.class).block(PATIENCE);
		assertThat(subscriptions).hasValue(1);
		assertThat(this.server.requests().get(0).text()).contains("\"small\"");
	}

	@Test
	void multipartForm() {
		this.guarded.fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.status(503), FakeAnswer.json(200, "{\"text\":\"Hi\"}"));
		MultipartBodyBuilder parts = new MultipartBodyBuilder();
		parts
			.part("file", new ByteArrayResource("sound".getBytes(StandardCharsets.UTF_8)),
					MediaType.APPLICATION_OCTET_STREAM)
			.filename("a.wav");
		parts.part("model", "whisper-1");
		this.guarded.client()
			.post()
			.uri(this.server.url() + "/v1/audio/transcriptions")
			.bodyValue(parts.build())
			.retrieve()
			.toBodilessEntity()
			.block(PATIENCE);
		assertThat(this.server.requests().get(1).text())
			.isEqualTo(this.server.requests().get(0).text().replace("whisper-1", "small"));
		assertThat(this.server.requests().get(1).header("Content-Type"))
			.isEqualTo(this.server.requests().get(0).header("Content-Type"));
	}

	@Test
	void totalTimeoutEndsRetries() {
		this.guarded.breaker(TestPolicies.model().threshold(100).get())
			.timeouts(new TimeoutPolicy(null, null, null, Duration.ofSeconds(60)))
			.retries(1000);
		this.server.always((request) -> {
			this.guarded.time.advanceSeconds(10);
			return FakeAnswer.json(503, Chat.OVERLOADED);
		});
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("big").block(PATIENCE));
		assertThat(this.server.requestCount()).isEqualTo(6);
	}

	@Test
	void longWaitOfTheProviderIsNotWaitedFor() {
		this.guarded.retries(3);
		this.server.always(FakeAnswer.json(429, "{}").header("Retry-After", "60"));
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("big").block(PATIENCE));
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void observeModeNeverReroutes() {
		this.guarded.observing().fallbacks(SMALL);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		for (int i = 0; i < 4; i++) {
			assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask("big").block(PATIENCE));
		}
		assertThat(this.server.requestCount()).isEqualTo(4);
		assertThat(this.guarded.steps).isEmpty();
		assertThat(this.guarded.state("openai:big")).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void cancelDuringTheWaitEndsTheCall() {
		this.guarded.retries(3);
		this.server.always(FakeAnswer.json(429, "{}").header("Retry-After", "5"));
		var call = ask("big").subscribe();
		this.server.takeRequest();
		Awaitility.await().atMost(PATIENCE).until(() -> !this.guarded.steps.isEmpty());
		call.dispose();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.RATE_LIMITED);
	}

	@Test
	void cancelWhileAStreamIsHeldBack() {
		this.guarded.retries(3);
		this.server.always(FakeAnswer.sse(Chat.ROLE).stall());
		var call = stream("big").subscribe();
		this.server.takeRequest();
		call.dispose();
		this.server.awaitDisconnect();
		Awaitility.await().atMost(PATIENCE).until(() -> !this.guarded.outcomes.isEmpty());
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@Test
	void whoLeavesAfterTheEndOfAHeldBackStreamHasHadAnAnswer() {
		this.guarded.retries(3);
		this.server
			.always(FakeAnswer.sse(Chat.ROLE, Chat.delta("a")).hold().chunk(Chat.FINISH).chunk(Chat.DONE).stall());
		stream("big").doOnNext((event) -> {
			if (event.data().contains("\"a\"")) {
				this.server.proceed();
			}
		}).takeUntil((event) -> "[DONE]".equals(event.data())).blockLast(PATIENCE);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@Test
	void redirectIsTriedAgainAndThenRerouted() {
		this.guarded.retries(1).fallbacks(SMALL, ELSEWHERE);
		this.server.always(FakeAnswer.status(302).header("Location", "/login"));
		this.other.always(FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask("big").block(PATIENCE)).isEqualTo(Chat.ANSWER);
		assertThat(this.guarded.kinds()).startsWith(OutcomeKind.CONNECT_ERROR).endsWith(OutcomeKind.SUCCESS);
		this.other.always(FakeAnswer.json(503, Chat.OVERLOADED));
		assertThat(request().bodyValue(Chat.with("big2"))
			.exchangeToMono((answer) -> Mono.just(answer.statusCode().value()))
			.block(PATIENCE)).isEqualTo(302);
	}

	@Test
	void filterThatIsThereTwicePlansOnce() {
		this.guarded.breaker(TestPolicies.model().threshold(100).get()).retries(2);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		WebClient twice = this.guarded.builder().filter(this.guarded.filter()).build();
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> twice.post()
			.uri(this.server.url() + Chat.PATH)
			.bodyValue(Chat.with("big"))
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE));
		assertThat(this.server.requestCount()).isEqualTo(3);
		assertThat(this.guarded.outcomes).hasSize(3);
	}

	@Test
	void bigRequestBody() {
		this.guarded.fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.status(503), FakeAnswer.json(200, Chat.ANSWER));
		String text = "x".repeat(3_000_000);
		request().bodyValue(new Chat("big", List.of(new Chat.Message("user", text)), false))
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
		assertThat(this.server.requests().get(1).text())
			.isEqualTo(this.server.requests().get(0).text().replace("\"big\"", "\"small\""));
	}

	private static void assertSame(RecordedRequest one, RecordedRequest two) {
		assertThat(two.text()).isEqualTo(one.text());
		assertThat(two.headers()).isEqualTo(one.headers());
		assertThat(two.path()).isEqualTo(one.path());
	}

	private WebClient.RequestBodySpec request() {
		return this.guarded.client()
			.post()
			.uri(this.server.url() + Chat.PATH + "?x=1")
			.header("Authorization", "Bearer mine")
			.header("X-Mine", "yes")
			.cookie("a", "b");
	}

	private Mono<String> ask(String model) {
		return request().bodyValue(Chat.with(model)).retrieve().bodyToMono(String.class);
	}

	private Flux<ServerSentEvent<String>> stream(String model) {
		return request().bodyValue(Chat.with(model)).retrieve().bodyToFlux(new ParameterizedTypeReference<>() {
		});
	}

}
