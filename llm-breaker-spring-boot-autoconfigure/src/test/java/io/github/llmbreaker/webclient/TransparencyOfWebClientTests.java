// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.RetryPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that whatever Spring's {@code WebClient} can do comes to the same with the guard
 * as without it: for the caller, and for the provider.
 */
class TransparencyOfWebClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final TimeoutPolicy LONG = new TimeoutPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1),
			Duration.ofMinutes(1), Duration.ofMinutes(1));

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private static final String LONG_TEXT = "x".repeat(300_000);

	private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

	static {
		answersOfAllShapes();
		streamsOfAllShapes();
		errors();
		exchanges();
		requests();
		surroundings();
	}

	private final FakeLlmServer server = FakeLlmServer.start();

	private static void answersOfAllShapes() {
		FakeAnswer good = FakeAnswer.json(200, Chat.ANSWER).header("X-Test", "1");
		mono("entity of a get", good, (client) -> client.get().uri("/v1/models").retrieve().toEntity(String.class));
		mono("text", good, (client) -> post(client).retrieve().bodyToMono(String.class));
		mono("map", good, (client) -> post(client).retrieve().bodyToMono(Map.class));
		mono("bytes", good, (client) -> post(client).retrieve().bodyToMono(byte[].class).map(Arrays::hashCode));
		mono("no body wanted", good, (client) -> post(client).retrieve().toBodilessEntity());
		mono("nothing wanted", good, (client) -> post(client).retrieve().bodyToMono(Void.class));
		mono("list of what is an array", FakeAnswer.json(200, "[{\"a\":1},{\"a\":2}]"),
				(client) -> post(client).retrieve().toEntityList(Map.class));
		flux("elements of an array", FakeAnswer.json(200, "[{\"a\":1},{\"a\":2}]"),
				(client) -> post(client).retrieve().bodyToFlux(Map.class));
		mono("head", FakeAnswer.status(200).header("X-Test", "1"),
				(client) -> client.head().uri("/v1/models").retrieve().toBodilessEntity());
		mono("no content", FakeAnswer.status(204), (client) -> post(client).retrieve().toEntity(String.class));
		mono("empty body", FakeAnswer.status(200).header("Content-Type", "application/json"),
				(client) -> post(client).retrieve().toEntity(Map.class));
		mono("empty chunks", FakeAnswer.chunked(200, "text/plain"),
				(client) -> post(client).retrieve().toEntity(String.class));
		mono("not modified", FakeAnswer.status(304),
				(client) -> client.get().uri("/v1/models").retrieve().toEntity(String.class));
		mono("redirect", FakeAnswer.status(303).header("X-Test", "1").body("see there"),
				(client) -> post(client).retrieve().toEntity(String.class));
		mono("other type", FakeAnswer.status(200).header("Content-Type", "text/x-none").body("x"),
				(client) -> post(client).retrieve().bodyToMono(Map.class));
		mono("broken JSON", FakeAnswer.json(200, "{\"a\":"), (client) -> post(client).retrieve().bodyToMono(Map.class));
		mono("more than fits into memory", FakeAnswer.status(200).body(LONG_TEXT),
				(client) -> post(client).retrieve().bodyToMono(String.class));
		mono("twice", good, (client) -> {
			Mono<String> answer = post(client).retrieve().bodyToMono(String.class);
			return answer.zipWith(answer);
		});
	}

	private static void streamsOfAllShapes() {
		FakeAnswer stream = FakeAnswer.sse(Chat.KEEP_ALIVE, Chat.ROLE, "id: 7\nevent: e\nretry: 5\n" + Chat.delta("a"),
				Chat.delta("b"), Chat.FINISH, Chat.DONE);
		flux("events", stream, (client) -> post(client).retrieve().bodyToFlux(EVENT));
		flux("data of events", stream, (client) -> post(client).retrieve().bodyToFlux(String.class));
		flux("events that can't be decoded", stream, (client) -> post(client).retrieve().bodyToFlux(Map.class));
		flux("decoded events up to the last", stream,
				(client) -> post(client).retrieve().bodyToFlux(Map.class).take(2));
		flux("first event only", stream, (client) -> post(client).retrieve().bodyToFlux(EVENT).take(1));
		mono("entity of events", stream, (client) -> post(client).retrieve()
			.toEntityFlux(String.class)
			.flatMap((entity) -> entity.getBody().collectList().map((list) -> entity.getStatusCode() + " " + list)));
		mono("buffers", stream, (client) -> text(post(client).retrieve().bodyToFlux(DataBuffer.class)));
		flux("lines of JSON", FakeAnswer.chunked(200, "application/x-ndjson").chunk("{\"a\":1}\n{\"a\"").chunk(":2}\n"),
				(client) -> post(client).retrieve().bodyToFlux(Map.class));
		mono("long text", FakeAnswer.status(200).body(LONG_TEXT),
				(client) -> text(post(client).retrieve().bodyToFlux(DataBuffer.class)).map(String::hashCode));
		flux("cut stream", FakeAnswer.chunked(200, "text/event-stream").chunk(Chat.delta("a")).cut(),
				(client) -> post(client).retrieve().bodyToFlux(String.class));
		mono("cut document", FakeAnswer.chunked(200, "application/json").chunk("{\"choices\":[").cut(),
				(client) -> post(client).retrieve().bodyToMono(String.class));
	}

	private static void errors() {
		FakeAnswer missing = FakeAnswer.json(404, "{\"error\":{\"message\":\"no such thing\"}}").header("X-Test", "1");
		mono("not found", missing, (client) -> post(client).retrieve().bodyToMono(String.class));
		mono("not found, as an entity", missing, (client) -> post(client).retrieve().toBodilessEntity());
		flux("not found, as a stream", missing, (client) -> post(client).retrieve().bodyToFlux(String.class));
		mono("body of an exception", missing,
				(client) -> post(client).retrieve()
					.bodyToMono(String.class)
					.onErrorResume(WebClientResponseException.class, (ex) -> Mono.just(ex.getResponseBodyAsString()
							+ ex.getHeaders().getFirst("X-Test") + ex.getResponseBodyAs(Map.class))));
		mono("own exception with the body", missing,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::isError,
							(response) -> response.bodyToMono(String.class).map(IllegalStateException::new))
					.bodyToMono(String.class));
		mono("own exception without the body", missing,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::isError, (response) -> Mono.just(new IllegalStateException("mine")))
					.bodyToMono(String.class));
		mono("never mind", missing,
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::isError, (response) -> Mono.empty())
					.toEntity(String.class));
		mono("good, but not good enough", FakeAnswer.json(200, Chat.ANSWER),
				(client) -> post(client).retrieve()
					.onStatus(HttpStatusCode::is2xxSuccessful, ClientResponse::createException)
					.bodyToMono(String.class));
		mono("default handler", missing,
				(client) -> post(client.mutate()
					.defaultStatusHandler(HttpStatusCode::is4xxClientError,
							(response) -> Mono.just(new IllegalStateException("default")))
					.build()).retrieve().bodyToMono(String.class));
		mono("unknown status", FakeAnswer.status(555).body("what"),
				(client) -> post(client).retrieve().bodyToMono(String.class));
		mono("empty error", FakeAnswer.status(500), (client) -> post(client).retrieve().toEntity(String.class));
		mono("overloaded", FakeAnswer.json(503, Chat.OVERLOADED),
				(client) -> post(client).retrieve().bodyToMono(String.class));
		mono("long error", FakeAnswer.status(500).body(LONG_TEXT), (client) -> post(client)
			.exchangeToMono((response) -> text(response.bodyToFlux(DataBuffer.class)).map(String::hashCode)));
		mono("no answer", FakeAnswer.disconnect(), (client) -> post(client).retrieve().bodyToMono(String.class));
	}

	private static void exchanges() {
		FakeAnswer good = FakeAnswer.json(200, Chat.ANSWER).header("Set-Cookie", "c=1; Path=/");
		FakeAnswer bad = FakeAnswer.json(429, "{\"a\":1}");
		mono("what came", good, (client) -> post(client).exchangeToMono((response) -> Mono.just(response.statusCode()
				+ " " + response.headers().contentType() + response.cookies() + response.request().getMethod())));
		mono("entity of an error", bad,
				(client) -> post(client).exchangeToMono((response) -> response.toEntity(String.class)));
		mono("error that is thrown", bad, (client) -> post(client).exchangeToMono(ClientResponse::createError));
		mono("error that is ignored", bad, (client) -> post(client).exchangeToMono((response) -> Mono.just("x")));
		mono("own failure", good, (client) -> post(client).exchangeToMono((response) -> {
			throw new IllegalStateException("mine");
		}));
		mono("released", good,
				(client) -> post(client).exchangeToMono((response) -> response.releaseBody().thenReturn("released")));
		mono("changed answer", good, (client) -> post(client)
			.exchangeToMono((response) -> response.mutate().header("X-More", "1").body((body) -> body.map((buffer) -> {
				DataBufferUtils.release(buffer);
				return DefaultDataBufferFactory.sharedInstance.wrap(new byte[] { '1' });
			})).build().toEntity(String.class)));
		flux("stream of an exchange", FakeAnswer.sse(Chat.delta("a"), Chat.FINISH, Chat.DONE),
				(client) -> post(client).exchangeToFlux((response) -> response.bodyToFlux(String.class)));
	}

	private static void requests() {
		FakeAnswer good = FakeAnswer.json(200, Chat.ANSWER);
		mono("headers and cookies", good,
				(client) -> post(client).header("X-Mine", "1")
					.cookie("c", "1")
					.accept(MediaType.APPLICATION_JSON)
					.retrieve()
					.bodyToMono(String.class));
		mono("text as a body", good,
				(client) -> client.post()
					.uri(Chat.PATH)
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue("{\"model\":\"m\"}")
					.retrieve()
					.bodyToMono(String.class));
		mono("deferred body", good,
				(client) -> client.post()
					.uri(Chat.PATH)
					.body(Mono.fromSupplier(() -> Chat.with("m")), Chat.class)
					.retrieve()
					.bodyToMono(String.class));
		mono("body in pieces", good, (client) -> client.post()
			.uri(Chat.PATH)
			.contentType(MediaType.APPLICATION_JSON)
			.body(BodyInserters.fromDataBuffers(Flux.just("{\"model\"", ":\"m\"}")
				.map((piece) -> DefaultDataBufferFactory.sharedInstance.wrap(piece.getBytes(StandardCharsets.UTF_8)))))
			.retrieve()
			.bodyToMono(String.class));
		mono("body that fails", good,
				(client) -> client.post()
					.uri(Chat.PATH)
					.body(Mono.error(new IllegalStateException("mine")), Chat.class)
					.retrieve()
					.bodyToMono(String.class)
					.onErrorMap((ex) -> new IllegalStateException(Exceptions.unwrap(ex).toString())));
		mono("form", good, (client) -> {
			MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
			form.add("model", "m");
			return client.post().uri("/v1/audio/speech").bodyValue(form).retrieve().bodyToMono(String.class);
		});
		mono("multipart form", good, (client) -> {
			MultipartBodyBuilder form = new MultipartBodyBuilder();
			form.part("model", "whisper-1");
			form.part("file", new byte[] { '1' }).filename("a.wav");
			return client.post()
				.uri("/v1/audio/transcriptions")
				.body(BodyInserters.fromMultipartData(form.build()))
				.retrieve()
				.bodyToMono(String.class);
		});
		mono("delete", FakeAnswer.status(204),
				(client) -> client.delete().uri("/v1/files/f?a=b").retrieve().toBodilessEntity());
	}

	private static void surroundings() {
		FakeAnswer good = FakeAnswer.json(200, Chat.ANSWER);
		mono("attributes and context for the filters behind", good,
				(client) -> post(client.mutate().filter((request, next) -> Mono.deferContextual((context) -> {
					ClientRequest noted = ClientRequest.from(request)
						.header("X-Noted", request.attributes().get("a") + context.getOrDefault("b", "none"))
						.build();
					return next.exchange(noted);
				})).build()).attribute("a", "1")
					.retrieve()
					.bodyToMono(String.class)
					.contextWrite((context) -> context.put("b", "2")));
		mono("filter that answers itself", good,
				(client) -> post(client.mutate()
					.filter((request,
							next) -> Mono.just(ClientResponse.create(HttpStatusCode.valueOf(200))
								.header("Content-Type", "text/plain")
								.body("own")
								.build()))
					.build()).retrieve().toEntity(String.class));
		mono("filter that changes the answer", good,
				(client) -> post(client.mutate()
					.filter((request, next) -> next.exchange(request)
						.map((response) -> response.mutate().header("X-Changed", "1").build()))
					.build()).retrieve()
					.toEntity(String.class)
					.map((entity) -> entity.getBody() + entity.getHeaders().getFirst("X-Changed")));
		mono("filter that fails", good, (client) -> post(client.mutate().filter((request, next) -> {
			throw new IllegalStateException("mine");
		}).build()).retrieve().bodyToMono(String.class));
		mono("filter that tries again", FakeAnswer.json(503, Chat.OVERLOADED),
				(client) -> post(client.mutate()
					.filter((request, next) -> next.exchange(request)
						.flatMap((response) -> response.statusCode().isError()
								? response.releaseBody().then(next.exchange(request)) : Mono.just(response)))
					.build()).retrieve().bodyToMono(String.class));
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Arguments> cases() {
		return Stream.of(ForeignCredentialsTests.Connector.values())
			.flatMap((connector) -> Stream.of(Guard.values())
				.flatMap((guard) -> SCENARIOS.keySet().stream().map((name) -> Arguments.of(connector, guard, name))));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void guardedClientBehavesLikeAnUnguardedOne(ForeignCredentialsTests.Connector connector, Guard guard, String name) {
		Scenario scenario = SCENARIOS.get(name);
		this.server.always(scenario.answer());
		WebClient.Builder builder = WebClient.builder()
			.baseUrl(this.server.url())
			.clientConnector(connector.create(false));
		String expected = observe(scenario, builder.clone().build());
		GuardedWebClient guarded = guard.of(this.server);
		try {
			assertThat(observe(scenario, builder.clone().filter(guarded.filter()).build())).isEqualTo(expected);
			assertThat(guarded.outcomes).isNotEmpty();
		}
		finally {
			guarded.close();
		}
	}

	private String observe(Scenario scenario, WebClient client) {
		String result;
		try {
			result = String.valueOf(scenario.call().apply(client).collectList().block(PATIENCE));
		}
		catch (Exception ex) {
			Throwable thrown = Exceptions.unwrap(ex);
			result = thrown + " because of " + ((thrown.getCause() != null) ? thrown.getCause().getClass() : null);
		}
		int count = this.server.requestCount();
		return (count > 0) ? result + " for " + describe(this.server.requests().get(count - 1)) : result;
	}

	/** A multipart form has another boundary each time. */
	private static String describe(RecordedRequest request) {
		String type = String.valueOf(request.header("content-type"));
		String boundary = type.contains("boundary=") ? type.replaceAll(".*boundary=\"?([^\";]+).*", "$1") : "\n\n\n";
		String all = request.method() + request.path() + request.headers() + request.text();
		return all.replace(boundary, "boundary");
	}

	private static WebClient.RequestHeadersSpec<?> post(WebClient client) {
		return client.post().uri(Chat.PATH).bodyValue(Chat.with("m"));
	}

	private static Mono<String> text(Flux<DataBuffer> buffers) {
		return DataBufferUtils.join(buffers).map((all) -> {
			String text = all.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(all);
			return text;
		});
	}

	private static void mono(String name, FakeAnswer answer, Function<WebClient, Mono<?>> call) {
		SCENARIOS.put(name, new Scenario(answer, (client) -> call.apply(client).flux().map(String::valueOf)));
	}

	private static void flux(String name, FakeAnswer answer, Function<WebClient, Flux<?>> call) {
		SCENARIOS.put(name, new Scenario(answer, (client) -> call.apply(client).map(String::valueOf)));
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

		/** With both, and streams held back until they are whole. */
		BUFFERING_AND_LIMITED;

		GuardedWebClient of(FakeLlmServer server) {
			GuardedWebClient guarded = new GuardedWebClient().provider("openai", server.url() + "/v1");
			boolean retries = this == RETRYING || this == BUFFERING_AND_LIMITED;
			boolean limited = this == LIMITED || this == BUFFERING_AND_LIMITED;
			RetryPolicy retry = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofSeconds(1), 0,
					Duration.ofSeconds(1), 20, EnumSet.of(OutcomeKind.RATE_LIMITED, OutcomeKind.OVERLOADED,
							OutcomeKind.SERVER_ERROR, OutcomeKind.CONNECT_ERROR, OutcomeKind.STREAM_ERROR));
			return guarded.policy((old) -> new CallPolicy(TestPolicies.model().threshold(100).rate(0).get(),
					limited ? LONG : TimeoutPolicy.NONE, retries ? retry : old.retry(), List.of(),
					(this == BUFFERING_AND_LIMITED) ? StreamRecovery.BUFFER : StreamRecovery.NONE));
		}

	}

	private record Scenario(FakeAnswer answer, Function<WebClient, Flux<String>> call) {
	}

}
