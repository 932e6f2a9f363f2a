// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.Collections;
import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What passes through the gateway, and what it refuses itself.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"gateway.max-request-size=64KB", "gateway.stream-end-grace=1h", "llm-breaker.defaults.retry.backoff=20ms" })
class PassThroughTests {

	private static final FakeLlmServer server = FakeLlmServer.start();

	/** Has what each of the endpoints would say. */
	private static final String ANSWER = """
			{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"text":"Hi","finish_reason":"stop"}]}""";

	private static final String ASK = "{\"model\":\"m\",\"input\":\"Hi\"}";

	@Autowired
	private LlmBreakers breakers;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("gateway.upstream.base-url", () -> server.url() + "/v1");
	}

	@BeforeEach
	void startAgain() {
		server.requests().clear();
		this.breakers.all().forEach(LlmBreaker::reset);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/embeddings", "/v1/moderations",
					"/v1/images/generations", "/v1/images/edits", "/v1/audio/speech", "/v1/audio/transcriptions" })
	void passesWhatClientsCall(String path) {
		server.enqueue(FakeAnswer.json(200, ANSWER));
		Wire wire = Wire.post(this.port, path + "?api-version=1&x=%2F", ASK);
		assertThat(wire.status()).isEqualTo(200);
		assertThat(wire.body()).isEqualTo(ANSWER);
		assertThat(wire.head()).contains(TraceHeaders.TARGET + ": openai:m", TraceHeaders.ATTEMPTS + ": 1");
		assertThat(server.requests().get(0).path()).isEqualTo(path + "?api-version=1&x=%2F");
		assertThat(server.requests().get(0).text()).isEqualTo(ASK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/models", "/v1/models/gpt-4.1", "/v1/models/meta%2Fllama", "/v1/models/meta/llama" })
	void passesModels(String path) {
		server.enqueue(FakeAnswer.json(200, "{\"id\":\"1\"}"));
		assertThat(get(path).body()).isEqualTo("{\"id\":\"1\"}");
		assertThat(server.requests().get(0).path()).isEqualTo(path);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /v1/files", "GET, /v1/batches", "GET, /v1/chat/completions", "DELETE, /v1/models/m",
			"GET, /v1/models/../files", "GET, /v1/models/%2e%2e/files", "GET, /v1/models/..%2ffiles",
			"GET, /v1/responses/1", "GET, /v1", "GET, /", "POST, /chat/completions" })
	void saysThatAnEndpointIsMissingInTheGatewayItself(String method, String path) {
		Wire wire = Wire.exchange(this.port, method + " " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n");
		assertThat(wire.status()).isEqualTo(404);
		assertThat(wire.body()).contains("The gateway itself", "\"type\":\"gateway_error\"");
		assertThat(server.requests()).isEmpty();
	}

	@Test
	void passesHeadersBothWays() {
		server.enqueue(FakeAnswer.json(200, "{}")
			.header("x-request-id", "req-1")
			.header("x-ratelimit-remaining-tokens", "7")
			.header("retry-after-ms", "5")
			.header("openai-processing-ms", "12")
			.header("Set-Cookie", "upstream=1")
			.header("Access-Control-Allow-Origin", "*")
			.header("Connection", "keep-alive, x-hop")
			.header("x-hop", "1"));
		Wire wire = Wire.post(this.port, "/v1/embeddings", ASK, "OpenAI-Organization: org", "OpenAI-Project: proj",
				"Idempotency-Key: key-1", "Authorization: Bearer own", "Cookie: a=b", "Connection: keep-alive, X-Mine",
				"X-Mine: 1", "TE: trailers", "X-Custom: yes");
		assertThat(wire.head())
			.contains("x-request-id: req-1", "x-ratelimit-remaining-tokens: 7", "retry-after-ms: 5",
					"openai-processing-ms: 12")
			.doesNotContain("set-cookie", "access-control", "x-hop");
		RecordedRequest request = server.requests().get(0);
		assertThat(request.header("openai-organization")).isEqualTo("org");
		assertThat(request.header("openai-project")).isEqualTo("proj");
		assertThat(request.header("idempotency-key")).isEqualTo("key-1");
		assertThat(request.header("x-custom")).isEqualTo("yes");
		assertThat(request.header("authorization")).isEqualTo("Bearer own");
		assertThat(request.headers()).doesNotContainKeys("cookie", "x-mine", "te");
		assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
	}

	@Test
	void passesTheProvidersErrorWithItsHeaders() {
		server.enqueue(Answers.error(400, "invalid_request_error", "bad", "No").header("x-request-id", "req-2"));
		Wire wire = Wire.post(this.port, "/v1/embeddings", ASK);
		assertThat(wire.status()).isEqualTo(400);
		assertThat(wire.head()).contains("x-request-id: req-2");
		assertThat(wire.body()).contains("\"message\":\"No\"");
	}

	@Test
	void passesAFormAsItIs() {
		server.enqueue(FakeAnswer.json(200, "{\"text\":\"Hello\"}"));
		String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper\r\n--b\r\n"
				+ "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n\u0000\u0001x\r\n--b--\r\n";
		Wire wire = Wire.exchange(this.port,
				"POST /v1/audio/transcriptions HTTP/1.1\r\nHost: gateway\r\n"
						+ "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + form.length()
						+ "\r\n\r\n" + form);
		assertThat(wire.body()).isEqualTo("{\"text\":\"Hello\"}");
		assertThat(wire.head()).contains("openai:whisper");
		assertThat(server.requests().get(0).text()).isEqualTo(form);
		assertThat(server.requests().get(0).header("content-type")).isEqualTo("multipart/form-data; boundary=b");
	}

	@Test
	void passesSoundAsItIs() {
		byte[] sound = { 0, 1, (byte) 0xff, (byte) 0xfe };
		server.enqueue(FakeAnswer.chunked(200, "audio/mpeg").chunk(sound).chunk(new byte[] { 2 }));
		Wire wire = Wire.post(this.port, "/v1/audio/speech", ASK);
		assertThat(wire.whole()).isTrue();
		assertThat(wire.head()).contains("content-type: audio/mpeg");
	}

	@Test
	void streamsAnAnswerThatIsLongerThanAnyError() {
		String text = "x".repeat(100_000);
		FakeAnswer answer = FakeAnswer.chunked(200, "application/json").chunk("{\"data\":[");
		Collections.nCopies(20, "\"" + text + "\",").forEach(answer::chunk);
		server.enqueue(answer.chunk("1]}"));
		Wire wire = Wire.post(this.port, "/v1/embeddings", ASK);
		assertThat(wire.whole()).isTrue();
		assertThat(wire.body()).hasSizeGreaterThan(2_000_000).endsWith("1]}");
		FakeAnswer cut = FakeAnswer.chunked(200, "application/json").chunk("{\"data\":[");
		Collections.nCopies(5, "\"" + text + "\",").forEach(cut::chunk);
		server.enqueue(cut.cut());
		assertThat(Wire.post(this.port, "/v1/embeddings", ASK).whole()).isFalse();
	}

	@Test
	void streamsResponses() {
		String created = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"error\":null}}\n\n";
		String delta = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n";
		String end = "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"error\":null}}\n\n";
		server.enqueue(FakeAnswer.sse(created, delta, end));
		Wire wire = Wire.post(this.port, "/v1/responses", ASK);
		assertThat(wire.body()).isEqualTo(created + delta + end);
		assertThat(wire.whole()).isTrue();
		server.enqueue(FakeAnswer.sse(created, delta).hold());
		server.proceed();
		Wire half = Wire.post(this.port, "/v1/responses", ASK);
		assertThat(half.body()).contains("event: error\ndata: {\"type\":\"error\"");
		assertThat(half.whole()).isFalse();
	}

	@Test
	void streamsCompletionsInPieces() {
		String event = "data:{\"choices\":[{\"index\":0,\"text\":\"H\u00fc\",\"finish_reason\":%s}]}\r\n\r\n";
		FakeAnswer answer = FakeAnswer.sse();
		(": hello\n\n" + event.formatted("null") + event.formatted("\"stop\"")).chars()
			.forEach((c) -> answer.chunk(String.valueOf((char) c)));
		server.enqueue(answer);
		Wire wire = Wire.post(this.port, "/v1/completions", ASK);
		assertThat(wire.whole()).isTrue();
		assertThat(wire.body()).isEqualTo(": hello\n\n" + event.formatted("null").replace("data:", "data: ")
				+ event.formatted("\"stop\"").replace("data:", "data: ") + "data: [DONE]\n\n");
	}

	@Test
	void refusesWhatItCanNotPass() {
		assertThat(Wire.post(this.port, "/v1/embeddings", ASK, "Content-Encoding: gzip").status()).isEqualTo(415);
		Wire twice = Wire.post(this.port, "/v1/embeddings",
				"{\"model\":\"a\",\"x\":{\"model\":1},\"mod\\u0065l\":\"b\"}");
		assertThat(twice.status()).isEqualTo(400);
		assertThat(twice.body()).contains("duplicate_model");
		Wire big = Wire.post(this.port, "/v1/embeddings", "{\"model\":\"" + "x".repeat(70_000) + "\"}");
		assertThat(big.status()).isEqualTo(413);
		assertThat(big.body()).contains("request_too_large");
		String chunk = Integer.toHexString(30_000) + "\r\n" + "x".repeat(30_000) + "\r\n";
		assertThat(Wire
			.exchange(this.port,
					"POST /v1/embeddings HTTP/1.1\r\nHost: gateway\r\n"
							+ "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3)
							+ "0\r\n\r\n")
			.status()).isEqualTo(413);
		assertThat(server.requests()).isEmpty();
	}

	@Test
	void aRejectionReachesAClientAtOnce() {
		OpenAIClient client = OpenAIOkHttpClient.builder()
			.baseUrl("http://127.0.0.1:" + this.port + "/v1")
			.apiKey("caller")
			.build();
		server.enqueue(Answers.document("m", "Hi"));
		client.chat().completions().create(Caller.params("m"));
		server.always(Answers.broken());
		for (int calls = 1; this.breakers.find("openai:m").orElseThrow().state() == BreakerState.CLOSED; calls++) {
			assertThatExceptionOfType(OpenAIServiceException.class)
				.isThrownBy(() -> client.chat().completions().create(Caller.params("m")));
			assertThat(server.requestCount()).as("one call and one retry of the gateway each")
				.isLessThanOrEqualTo(1 + 2 * calls);
		}
		int asked = server.requestCount();
		assertThatExceptionOfType(OpenAIServiceException.class)
			.isThrownBy(() -> client.chat().completions().create(Caller.params("m")))
			.satisfies((rejection) -> assertThat(rejection.headers().values("x-should-retry"))
				.isEqualTo(List.of("false")));
		assertThat(server.requestCount()).isEqualTo(asked);
		client.close();
	}

	private Wire get(String path) {
		return Wire.exchange(this.port, "GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n");
	}

}
