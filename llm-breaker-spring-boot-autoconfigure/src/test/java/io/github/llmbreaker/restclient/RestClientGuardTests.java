// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerEventAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerRestClientAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the guarding of {@link RestClient} and {@link RestTemplate} over real
 * sockets.
 */
class RestClientGuardTests {

	private static final String ANSWER = """
			{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,\
			"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

	private static final String OVERLOADED = """
			{"error":{"message":"busy","type":"service_unavailable_error","code":"server_is_overloaded"}}""";

	private static final String REQUEST = """
			{ "messages": [{"role":"user","content":"model"}], "model" : "gpt-4.1",  "unknown": {"model": 1} }""";

	private static final String DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
			+ "\"finish_reason\":null}]}\n\n";

	private static final String STOP = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"
			+ "\n\ndata: [DONE]\n\n";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final FakeLlmServer other = FakeLlmServer.start();

	private final BlockingQueue<Completed> completed = new LinkedBlockingQueue<>();

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
				ImperativeHttpClientAutoConfiguration.class, RestClientAutoConfiguration.class,
				RestTemplateAutoConfiguration.class, LlmBreakerAutoConfiguration.class,
				LlmBreakerEventAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class))
		.withBean(LlmCallListener.class,
				() -> (target, outcome, duration) -> this.completed.add(new Completed(target, outcome)))
		.withPropertyValues("llm-breaker.providers.mine.base-urls=" + this.server.url() + "/v1",
				"llm-breaker.providers.spare.base-urls=" + this.other.url() + "/api/v1",
				"llm-breaker.providers.spare.api-key=spare-key", "llm-breaker.defaults.failure-threshold=2",
				"llm-breaker.defaults.retry.backoff=1ms");

	@AfterEach
	void closeServers() {
		this.server.close();
		this.other.close();
	}

	@Test
	void whenAnswerIsGoodThenCallerReadsItUnchangedAndItIsASuccess() {
		this.server.enqueue(FakeAnswer.json(200, ANSWER));
		run((context) -> {
			assertThat(chat(context)).isEqualTo(ANSWER);
			assertThat(next().target()).isEqualTo(new LlmTarget("mine", "chat.completions", "gpt-4.1"));
			assertThat(this.server.takeRequest().text()).isEqualTo(REQUEST);
			assertThat(context.getBean(BreakerRegistry.class).find("mine:gpt-4.1").orElseThrow().snapshot().calls())
				.extracting("succeeded")
				.isEqualTo(1L);
		});
	}

	@Test
	@DisplayName("a failing model opens its breaker and is left alone, its sibling answers")
	void whenModelFailsThenItsBreakerOpensAndSiblingAnswers() {
		this.server.enqueue(FakeAnswer.json(503, OVERLOADED), FakeAnswer.json(503, OVERLOADED),
				FakeAnswer.json(200, ANSWER));
		run((context) -> {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(() -> chat(context))
					.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo(OVERLOADED));
			}
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> chat(context))
				.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(OutcomeKind.OVERLOADED));
			assertThat(chat(context, "gpt-4.1-mini")).isEqualTo(ANSWER);
			assertThat(this.server.requestCount()).isEqualTo(3);
		});
	}

	@Test
	void whenErrorBodyIsLongThenCallerGetsAllOfIt() {
		byte[] body = new byte[200_000];
		Arrays.fill(body, (byte) 'x');
		this.server.enqueue(FakeAnswer.status(500).body(body));
		run((context) -> {
			byte[] read = client(context).post()
				.uri(this.server.url() + "/v1/chat/completions")
				.body(REQUEST)
				.exchange((request, response) -> response.getBody().readAllBytes());
			assertThat(read).isEqualTo(body);
			assertThat(next().outcome().kind()).isEqualTo(OutcomeKind.SERVER_ERROR);
		});
	}

	@Test
	@DisplayName("a stream is judged at its end")
	void whenStreamIsReadToItsEndThenSucceeds() {
		this.server.enqueue(FakeAnswer.sse(DELTA, DELTA, STOP));
		run((context) -> {
			assertThat(stream(context, InputStream::readAllBytes)).asString(StandardCharsets.UTF_8)
				.isEqualTo(DELTA + DELTA + STOP);
			assertThat(next().outcome().kind()).isEqualTo(OutcomeKind.SUCCESS);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "reactor", "simple" })
	@DisplayName("a stream that is cut is a failure, whatever the HTTP client")
	void whenStreamIsCutThenItIsAStreamError(String factory) {
		this.server.enqueue(FakeAnswer.chunked(200, "text/event-stream").chunk(DELTA).cut());
		with("spring.http.clients.imperative.factory=" + factory).run((context) -> {
			assertThatException().isThrownBy(() -> stream(context, InputStream::readAllBytes));
			assertThat(next().outcome().kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
		});
	}

	@Test
	@DisplayName("an overload in the middle of a stream is an overload")
	void whenStreamReportsAnErrorThenItIsThatError() {
		String error = "data: " + OVERLOADED + "\n\n";
		this.server.enqueue(FakeAnswer.sse(DELTA, error));
		run((context) -> {
			assertThat(stream(context, InputStream::readAllBytes)).asString(StandardCharsets.UTF_8)
				.isEqualTo(DELTA + error);
			assertThat(next().outcome().kind()).isEqualTo(OutcomeKind.OVERLOADED);
		});
	}

	@Test
	@DisplayName("a stream that the caller closes is neutral")
	void whenCallerClosesStreamThenCancelled() {
		this.server.enqueue(FakeAnswer.chunked(200, "text/event-stream").chunk(DELTA).stall());
		run((context) -> {
			stream(context, (body) -> body.readNBytes(DELTA.length()));
			assertThat(next().outcome().kind()).isEqualTo(OutcomeKind.CANCELLED);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "reactor", "simple" })
	@DisplayName("a silent model is a timeout, whatever the HTTP client")
	void whenModelIsSilentThenTimeout(String factory) {
		this.server.enqueue(FakeAnswer.silence());
		with("spring.http.clients.imperative.factory=" + factory, "spring.http.clients.read-timeout=100ms")
			.run((context) -> {
				assertThatException().isThrownBy(() -> chat(context));
				assertThat(next().outcome().kind()).isEqualTo(OutcomeKind.TIMEOUT);
			});
	}

	@Test
	@DisplayName("a refused connection is a failure of the provider")
	void whenConnectionIsRefusedThenProviderFails() {
		this.server.close();
		run((context) -> {
			assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> chat(context));
			CallOutcome outcome = next().outcome();
			assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONNECT_ERROR);
			assertThat(outcome.scope()).isEqualTo(OutcomeScope.PROVIDER);
		});
	}

	@Test
	void whenUrlIsUnknownOrAttributeSaysNoneThenPassesUnguarded() {
		this.server.always(FakeAnswer.json(200, "{}"));
		run((context) -> {
			RestClient client = client(context);
			client.post().uri(this.server.url() + "/other").body(REQUEST).retrieve().toBodilessEntity();
			client.post()
				.uri(this.server.url() + "/v1/chat/completions")
				.attribute(LlmTarget.ATTRIBUTE, LlmTarget.NONE)
				.body(REQUEST)
				.retrieve()
				.toBodilessEntity();
			assertThat(context.getBean(LlmBreakers.class).all()).isEmpty();
		});
	}

	@Test
	void whenApplicationNamesTheTargetThenItIsThatTarget() {
		this.server.enqueue(FakeAnswer.json(200, ANSWER));
		run((context) -> {
			client(context).post()
				.uri(this.server.url() + "/v1/chat/completions")
				.attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("mine", "alias"))
				.body(REQUEST)
				.retrieve()
				.body(String.class);
			assertThat(next().target()).isEqualTo(new LlmTarget("mine", "chat.completions", "alias"));
		});
	}

	@Test
	void whenRestTemplateIsBuiltByBootThenItIsGuarded() {
		this.server.enqueue(FakeAnswer.json(200, ANSWER));
		run((context) -> {
			RestTemplate template = context.getBean(RestTemplateBuilder.class).build();
			assertThat(template.postForObject(this.server.url() + "/v1/chat/completions", REQUEST, String.class))
				.isEqualTo(ANSWER);
			assertThat(next().target().model()).isEqualTo("gpt-4.1");
		});
	}

	@Test
	void whenNestedInAnotherGuardThenCountsOnce() {
		this.server.enqueue(FakeAnswer.json(503, OVERLOADED));
		run((context) -> {
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			assertThatExceptionOfType(HttpServerErrorException.class)
				.isThrownBy(() -> breakers.call(LlmTarget.of("mine", "gpt-4.1"), () -> chat(context)));
			assertThat(next().outcome().kind()).isEqualTo(OutcomeKind.OVERLOADED);
			assertThat(context.getBean(BreakerRegistry.class).find("mine:gpt-4.1").orElseThrow().snapshot().calls())
				.extracting("failed")
				.isEqualTo(1L);
		});
	}

	@Test
	@DisplayName("a server error is retried as often as configured")
	void whenRetryIsConfiguredThenRetriesAndCallerSeesTheAnswer() {
		this.server.enqueue(FakeAnswer.json(500, "{}"), FakeAnswer.json(200, ANSWER));
		with("llm-breaker.defaults.retry.max-retries=1").run((context) -> {
			assertThat(chat(context)).isEqualTo(ANSWER);
			assertThat(this.server.requests()).extracting("text").isNotNull();
			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	@Test
	void whenFallbackHelpsThenOnlyTheModelIsReplaced() {
		this.server.enqueue(FakeAnswer.json(503, OVERLOADED), FakeAnswer.json(200, ANSWER));
		with("llm-breaker.defaults.fallbacks=gpt-4.1-mini").run((context) -> {
			assertThat(chat(context)).isEqualTo(ANSWER);
			this.server.takeRequest();
			assertThat(this.server.takeRequest().text()).isEqualTo(REQUEST.replace("\"gpt-4.1\"", "\"gpt-4.1-mini\""));
		});
	}

	@Test
	void whenFallbackIsAtAnotherProviderThenUrlAndCredentialsAreReplaced() {
		this.server.enqueue(FakeAnswer.json(401, "{\"error\":{\"code\":\"invalid_api_key\"}}"));
		this.other.enqueue(FakeAnswer.json(200, ANSWER));
		with("llm-breaker.defaults.fallbacks=spare:big").run((context) -> {
			String answer = client(context).post()
				.uri(this.server.url() + "/v1/chat/completions?beta=true&a=b")
				.header("Authorization", "Bearer mine")
				.header("X-Request-Id", "1")
				.body(REQUEST)
				.retrieve()
				.body(String.class);
			assertThat(answer).isEqualTo(ANSWER);
			var request = this.other.takeRequest();
			assertThat(request.path()).isEqualTo("/api/v1/chat/completions?beta=true");
			assertThat(request.header("Authorization")).isEqualTo("Bearer spare-key");
			assertThat(request.header("X-Request-Id")).isEqualTo("1");
			assertThat(request.text()).contains("\"model\" : \"big\"");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "b", "spare:big" })
	@DisplayName("what asks no model is not repeated in the name of another one, nor sent to another provider")
	void whenRequestAsksNoModelThenNoFallbackIsTaken(String fallback) {
		this.server.always(FakeAnswer.json(503, OVERLOADED));
		with("llm-breaker.defaults.fallbacks=" + fallback).run((context) -> {
			for (String path : List.of("/v1/models", "/v1/files/f/cancel")) {
				assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(
						() -> client(context).post().uri(this.server.url() + path).retrieve().body(String.class));
			}
			assertThat(this.server.requestCount()).isEqualTo(2);
			assertThat(this.other.requestCount()).isZero();
		});
	}

	@Test
	void whenCallIsTracedThenApplicationLearnsWhoAnswered() {
		this.server.enqueue(FakeAnswer.json(503, OVERLOADED), FakeAnswer.json(200, ANSWER));
		with("llm-breaker.defaults.fallbacks=b").run((context) -> {
			LlmCallTrace trace = new LlmCallTrace();
			client(context).post()
				.uri(this.server.url() + "/v1/chat/completions")
				.attribute(LlmCallTrace.ATTRIBUTE, trace)
				.body(REQUEST)
				.retrieve()
				.body(String.class);
			assertThat(trace.attempts()).isEqualTo(2);
			assertThat(trace.target()).isEqualTo(new LlmTarget("mine", "chat.completions", "b"));
			assertThat(trace.outcome()).isNotNull().extracting(CallOutcome::kind).isEqualTo(OutcomeKind.SUCCESS);
		});
	}

	@Test
	void whenErrorIsInsideAGoodStatusThenItIsReroutedToo() {
		this.server.enqueue(FakeAnswer.json(200, OVERLOADED), FakeAnswer.sse("data: " + OVERLOADED + "\n\n"),
				FakeAnswer.sse(DELTA, STOP));
		with("llm-breaker.defaults.fallbacks=b,c").run((context) -> {
			assertThat(stream(context, InputStream::readAllBytes)).asString(StandardCharsets.UTF_8)
				.isEqualTo(DELTA + STOP);
			assertThat(this.server.requestCount()).isEqualTo(3);
		});
	}

	@Test
	void whenCutStreamIsRecoveredThenCallerNeverSeesTheCut() {
		this.server.enqueue(FakeAnswer.chunked(200, "text/event-stream").chunk(DELTA).cut(),
				FakeAnswer.sse(DELTA, DELTA, STOP));
		with("llm-breaker.defaults.fallbacks=b", "llm-breaker.defaults.stream-recovery=buffer").run((context) -> {
			assertThat(stream(context, InputStream::readAllBytes)).asString(StandardCharsets.UTF_8)
				.isEqualTo(DELTA + DELTA + STOP);
		});
	}

	@Test
	@DisplayName("a fallback that rejects the request does not hide the real failure")
	void whenFallbackRejectsTheRequestThenCallerGetsTheFirstError() {
		this.server.enqueue(FakeAnswer.json(503, OVERLOADED), FakeAnswer.json(400, "{\"error\":{}}"));
		with("llm-breaker.defaults.fallbacks=b")
			.run((context) -> assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(() -> chat(context))
				.satisfies((ex) -> assertThat(ex.getResponseBodyAsString()).isEqualTo(OVERLOADED)));
	}

	@Test
	void whenEverythingIsOpenThenRejectsWithoutARequest() {
		with("llm-breaker.defaults.fallbacks=b").run((context) -> {
			this.server.enqueue(FakeAnswer.json(200, ANSWER), FakeAnswer.json(200, ANSWER));
			chat(context);
			chat(context, "b");
			context.getBean(LlmBreakers.class).all().forEach((breaker) -> breaker.forceOpen(Duration.ofMinutes(1)));
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> chat(context))
				.satisfies((ex) -> assertThat(ex.getState()).isEqualTo(BreakerState.FORCED_OPEN));
			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	private void run(ContextConsumer<AssertableApplicationContext> consumer) {
		this.runner.run(consumer);
	}

	private ApplicationContextRunner with(String... properties) {
		return this.runner.withPropertyValues(properties);
	}

	private String chat(AssertableApplicationContext context) {
		return chat(context, "gpt-4.1");
	}

	private String chat(AssertableApplicationContext context, String model) {
		return client(context).post()
			.uri(this.server.url() + "/v1/chat/completions")
			.contentType(MediaType.APPLICATION_JSON)
			.body(REQUEST.replace("gpt-4.1", model))
			.retrieve()
			.body(String.class);
	}

	private byte[] stream(AssertableApplicationContext context, Reader reader) {
		return client(context).post()
			.uri(this.server.url() + "/v1/chat/completions")
			.body(REQUEST)
			.exchange((request, response) -> reader.read(response.getBody()));
	}

	private static RestClient client(AssertableApplicationContext context) {
		return context.getBean(RestClient.Builder.class).build();
	}

	private Completed next() throws InterruptedException {
		Completed call = this.completed.poll(5, TimeUnit.SECONDS);
		assertThat(call).as("a completed call").isNotNull();
		return call;
	}

	private interface Reader {

		byte[] read(InputStream body) throws java.io.IOException;

	}

	private record Completed(LlmTarget target, CallOutcome outcome) {
	}

}
