// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a guarded {@code RestClient} behaves as it does without the guard, whatever
 * the HTTP client.
 */
class TransparencyOfRestClientTests {

	private static final TimeoutPolicy LONG = new TimeoutPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1),
			Duration.ofMinutes(1), Duration.ofMinutes(1));

	private static final byte[] MANY_BYTES = bytes(200_000);

	private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

	static {
		FakeAnswer good = FakeAnswer.json(200, GuardedRestClient.ANSWER);
		FakeAnswer missing = FakeAnswer.json(404, "{\"error\":{\"message\":\"no such thing\"}}");
		FakeAnswer stream = FakeAnswer.sse(GuardedRestClient.DELTA, GuardedRestClient.DELTA, GuardedRestClient.STOP);
		scenario("get an entity", good, (client) -> client.get().uri("/v1/models").retrieve().toEntity(String.class));
		scenario("post for a body", good, (client) -> post(client).retrieve().body(String.class));
		scenario("post for a map", good, (client) -> post(client).retrieve().body(Map.class));
		scenario("post for bytes", good, (client) -> text(post(client).retrieve().body(byte[].class)));
		scenario("post for nothing", good, (client) -> post(client).retrieve().toBodilessEntity());
		scenario("stream for nothing", stream, (client) -> post(client).retrieve().toBodilessEntity());
		scenario("delete", good, (client) -> client.delete().uri("/v1/files/f").retrieve().toBodilessEntity());
		scenario("head", FakeAnswer.status(200).header("X-Test", "1"),
				(client) -> client.head().uri("/v1/models").retrieve().toBodilessEntity());
		scenario("head of what is not there", FakeAnswer.status(404),
				(client) -> client.head().uri("/v1/models").retrieve().toBodilessEntity());
		scenario("empty body", FakeAnswer.status(200).header("Content-Type", "text/plain"),
				(client) -> post(client).retrieve().toEntity(String.class));
		scenario("empty chunks", FakeAnswer.chunked(200, "text/plain"),
				(client) -> post(client).retrieve().toEntity(String.class));
		scenario("no content", FakeAnswer.status(204), (client) -> post(client).retrieve().toEntity(String.class));
		scenario("not modified", FakeAnswer.status(304),
				(client) -> client.get().uri("/v1/models").retrieve().toEntity(String.class));
		scenario("not modified for nothing", FakeAnswer.status(304),
				(client) -> client.get().uri("/v1/models").retrieve().toBodilessEntity());
		scenario("redirected post", FakeAnswer.status(303).header("X-Test", "1").body("see there"),
				(client) -> post(client).retrieve().toEntity(String.class));
		scenario("not found", missing, (client) -> post(client).retrieve().body(String.class));
		scenario("not found, for nothing", missing, (client) -> post(client).retrieve().toBodilessEntity());
		scenario("not found, as an own exception", missing,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::isError, TransparencyOfRestClientTests::fail)
					.body(String.class));
		scenario("not found, as an own exception for nothing", missing,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::isError, TransparencyOfRestClientTests::fail)
					.toBodilessEntity());
		scenario("not found, never mind", missing,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::isError, (request, response) -> response.getStatusText())
					.body(String.class));
		scenario("good, but not good enough", good,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::is2xxSuccessful, TransparencyOfRestClientTests::fail)
					.toBodilessEntity());
		scenario("broken JSON", FakeAnswer.json(200, "{\"a\":"), (client) -> post(client).retrieve().body(Map.class));
		scenario("nothing converts it", FakeAnswer.status(200).header("Content-Type", "text/x-none").body("x"),
				(client) -> post(client).retrieve().body(Map.class));
		scenario("a long error", FakeAnswer.status(500).body(MANY_BYTES),
				(client) -> post(client).exchange((request, response) -> text(response.getBody().readAllBytes())));
		scenario("an error that nobody reads", FakeAnswer.status(500).body(MANY_BYTES),
				(client) -> post(client).exchange((request, response) -> response.getStatusCode()));
		scenario("a long answer", FakeAnswer.status(200).body(MANY_BYTES),
				(client) -> post(client).exchange((request, response) -> text(response.getBody().readAllBytes())));
		scenario("as a resource", good,
				(client) -> text(post(client).retrieve().body(Resource.class).getContentAsByteArray()));
		scenario("as a stream", stream, TransparencyOfRestClientTests::readStream);
		scenario("line by line", stream, (client) -> post(client).exchange((request, response) -> lines(response)));
		scenario("read in part", good,
				(client) -> post(client).exchange((request, response) -> text(response.getBody().readNBytes(5))));
		scenario("skipped in part", good, (client) -> post(client).exchange((request, response) -> {
			response.getBody().skipNBytes(5);
			return text(response.getBody().readAllBytes());
		}));
		scenario("opened twice and read once", good, (client) -> post(client).exchange((request, response) -> {
			response.getBody();
			return text(response.getBody().readAllBytes());
		}));
		scenario("an error opened twice", missing, (client) -> post(client).exchange((request, response) -> {
			response.getBody();
			return text(response.getBody().readAllBytes());
		}));
		scenario("closed twice", good, (client) -> post(client).exchange((request, response) -> {
			response.close();
			return response.getStatusCode();
		}));
		scenario("never read", good,
				(client) -> post(client).exchange((request, response) -> response.getHeaders().getContentType()));
		scenario("unknown status", FakeAnswer.status(555).body("what"),
				(client) -> post(client).retrieve().body(String.class));
		scenario("not modified, with a tag", FakeAnswer.status(304).header("ETag", "\"a\""),
				(client) -> client.get().uri("/v1/models").retrieve().toEntity(String.class));
		scenario("left open", good, (client) -> {
			try (InputStream body = post(client).<InputStream>exchange((request, response) -> response.getBody(),
					false)) {
				return text(body.readAllBytes());
			}
		});
		scenario("handler that reads it first", missing,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::isError,
							(request, response) -> fail(text(response.getBody().readAllBytes())))
					.body(String.class));
		breakages();
		scenario("an own exception", good, (client) -> post(client).exchange((request, response) -> {
			throw new OwnException("mine");
		}));
		scenario("an own exception in the middle", good, (client) -> post(client).exchange((request, response) -> {
			assertThat(response.getBody().read()).isEqualTo('{');
			throw new OwnException("mine");
		}));
	}

	private static void breakages() {
		for (int status : new int[] { 200, 400, 503 }) {
			FakeAnswer cut = FakeAnswer.chunked(status, "application/json").chunk("{\"choices\":[").cut();
			scenario("cut with status " + status, cut,
					(client) -> failure(() -> post(client).retrieve().body(String.class)));
			scenario("cut with status " + status + ", read in part", cut,
					(client) -> post(client).exchange((request, response) -> {
						String beginning = text(response.getBody().readNBytes(5));
						return response.getStatusCode() + beginning + failure(() -> response.getBody().readAllBytes());
					}));
		}
		scenario("no answer", FakeAnswer.disconnect(),
				(client) -> failure(() -> post(client).retrieve().body(String.class)));
		scenario("not compressed, though it says so",
				FakeAnswer.json(200, GuardedRestClient.ANSWER).header("Content-Encoding", "gzip"),
				(client) -> failure(() -> post(client).retrieve().body(byte[].class).length) instanceof Class);
	}

	private final FakeLlmServer server = FakeLlmServer.start();

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Arguments> cases() {
		return RequestFactories.names()
			.flatMap((factory) -> Stream.of(Guard.values())
				.flatMap((guard) -> SCENARIOS.keySet().stream().map((name) -> Arguments.of(factory, guard, name))));
	}

	static Stream<Arguments> guards() {
		return RequestFactories.names()
			.flatMap((factory) -> Stream.of(Guard.values()).map((guard) -> Arguments.of(factory, guard)));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void guardedClientBehavesLikeAnUnguardedOne(String factory, Guard guard, String name) {
		Scenario scenario = SCENARIOS.get(name);
		this.server.always(scenario.answer());
		String expected = observe(scenario, builder(factory).build());
		GuardedRestClient guarded = guard.of(this.server);
		RestClient client = builder(factory).requestInterceptor(guarded.interceptor()).build();
		assertThat(observe(scenario, client)).isEqualTo(expected);
		assertThat(guarded.outcomes).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("guards")
	void bufferedAnswerCanBeReadByAnInterceptorAndAgain(String factory, Guard guard) {
		this.server.always(FakeAnswer.json(200, GuardedRestClient.ANSWER));
		GuardedRestClient guarded = guard.of(this.server);
		RestClient client = builder(factory).bufferContent((url, method) -> true)
			.requestInterceptor(TransparencyOfRestClientTests::readTwice)
			.requestInterceptor(guarded.interceptor())
			.requestInterceptor(TransparencyOfRestClientTests::readTwice)
			.build();
		assertThat(post(client).retrieve().body(String.class)).isEqualTo(GuardedRestClient.ANSWER);
		assertThat(guarded.outcomes).singleElement().extracting("kind").hasToString("SUCCESS");
	}

	@ParameterizedTest
	@MethodSource("guards")
	void bufferedErrorCanBeReadByAnInterceptorAndAgain(String factory, Guard guard) {
		this.server.always(FakeAnswer.json(400, GuardedRestClient.ANSWER));
		RestClient client = builder(factory).bufferContent((url, method) -> true)
			.requestInterceptor(TransparencyOfRestClientTests::readTwice)
			.requestInterceptor(guard.of(this.server).interceptor())
			.requestInterceptor(TransparencyOfRestClientTests::readTwice)
			.build();
		assertThat(post(client).<String>exchange((request, response) -> text(response.getBody().readAllBytes())))
			.isEqualTo(GuardedRestClient.ANSWER);
	}

	private RestClient.Builder builder(String factory) {
		ClientHttpRequestFactory requestFactory = RequestFactories.create(factory);
		return RestClient.builder().baseUrl(this.server.url()).requestFactory(requestFactory);
	}

	private static ClientHttpResponse readTwice(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		ClientHttpResponse response = execution.execute(request, body);
		for (int i = 0; i < 2; i++) {
			assertThat(text(response.getBody().readAllBytes())).isEqualTo(GuardedRestClient.ANSWER);
		}
		return response;
	}

	private static RestClient.RequestBodySpec post(RestClient client) {
		return client.post()
			.uri(GuardedRestClient.PATH)
			.contentType(MediaType.APPLICATION_JSON)
			.body(GuardedRestClient.REQUEST);
	}

	private static Object readStream(RestClient client) throws IOException {
		try (InputStream body = post(client).retrieve().body(InputStream.class)) {
			return text(body.readAllBytes());
		}
	}

	private static Object lines(ClientHttpResponse response) throws IOException {
		return new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8)).lines().toList();
	}

	private static void fail(String message) {
		throw new OwnException(message);
	}

	/** Clients word it in several ways, sometimes one client, too. */
	private static Object failure(Callable<?> call) {
		try {
			return call.call();
		}
		catch (Exception ex) {
			return ex.getClass();
		}
	}

	private static void fail(HttpRequest request, ClientHttpResponse response) throws IOException {
		throw new OwnException("status " + response.getStatusCode().value());
	}

	private static String observe(Scenario scenario, RestClient client) {
		try {
			return String.valueOf(scenario.call().with(client));
		}
		catch (Exception ex) {
			return ex + " because of " + ex.getCause();
		}
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		Arrays.fill(bytes, (byte) 'x');
		return bytes;
	}

	private static void scenario(String name, FakeAnswer answer, Call call) {
		SCENARIOS.put(name, new Scenario(answer, call));
	}

	/**
	 * How calls are guarded.
	 */
	enum Guard {

		/** By a breaker alone. */
		PLAIN,

		/** With retries. */
		RETRYING,

		/** With time limits that are never reached. */
		LIMITED,

		/** With both. */
		RETRYING_AND_LIMITED,

		/** With both, and streams held back until they are whole. */
		BUFFERING;

		GuardedRestClient of(FakeLlmServer server) {
			GuardedRestClient guarded = new GuardedRestClient(server.url())
				.breaker(TestPolicies.model().threshold(100).rate(0).get());
			if (this == RETRYING || this == RETRYING_AND_LIMITED || this == BUFFERING) {
				guarded.retries(1);
			}
			if (this == LIMITED || this == RETRYING_AND_LIMITED || this == BUFFERING) {
				guarded.timeouts(LONG);
			}
			return (this == BUFFERING) ? guarded.policy((old) -> new CallPolicy(old.breaker(), old.timeouts(),
					old.retry(), old.fallbacks(), StreamRecovery.BUFFER)) : guarded;
		}

	}

	private interface Call {

		Object with(RestClient client) throws IOException;

	}

	private record Scenario(FakeAnswer answer, Call call) {
	}

	private static final class OwnException extends RuntimeException {

		OwnException(String message) {
			super(message);
		}

	}

}
