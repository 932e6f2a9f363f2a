// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the model is found in all kinds of request bodies, and that these reach the
 * server as if nobody had looked.
 */
class RequestModelTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String JSON = "{\"messages\":[{\"content\":\"{\\\"model\\\":\\\"x\\\"}\"}],\"model\":\"m-1\"}";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	private WebClient client;

	private WebClient plain;

	@BeforeEach
	void start() {
		this.server.always(FakeAnswer.json(200, Chat.ANSWER));
		this.guarded.provider("openai", this.server.url() + "/v1");
		this.client = this.guarded.builder().baseUrl(this.server.url()).build();
		this.plain = this.guarded.builder().baseUrl(this.server.url()).filters(List::clear).build();
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
	}

	@Test
	void object() {
		assertFound("m-1", (spec) -> spec.bodyValue(Chat.with("m-1")));
		assertFound("m-1", (spec) -> spec.bodyValue(Map.of("model", "m-1")));
		assertFound("m-1", (spec) -> spec.bodyValue(new JsonMapper().readTree(JSON)));
		assertFound("m-1", (spec) -> spec.body(Mono.just(Chat.with("m-1")), Chat.class));
	}

	@Test
	void text() {
		assertFound("m-1", (spec) -> json(spec).bodyValue(JSON));
		assertFound("m-1", (spec) -> json(spec).bodyValue(bytes(JSON)));
		assertFound("m-1", (spec) -> json(spec).body(Mono.just(JSON), String.class));
		assertFound(null, (spec) -> json(spec).bodyValue("no json"));
		assertFound(null, (spec) -> json(spec).bodyValue(new ByteArrayResource(bytes(JSON))));
		assertFound(null, (spec) -> spec);
	}

	@Test
	void buffers() {
		assertFound("m-1", (spec) -> json(spec).body(BodyInserters.fromDataBuffers(Mono.just(heap(JSON)))));
		assertFound("m-1", (spec) -> json(spec).body(BodyInserters.fromDataBuffers(Flux.just(pooled(JSON)))));
		assertFound("m-1", (spec) -> json(spec).bodyValue(pooled(JSON)));
	}

	@Test
	void deferredBuffersInPieces() {
		assertFound("m-1", (spec) -> json(spec).body(BodyInserters
			.fromDataBuffers(Flux.range(0, JSON.length()).map((i) -> pooled(JSON.substring(i, i + 1))))));
		String longText = "{\"messages\":\"" + "x".repeat(40_000) + "\",\"model\":\"m-1\"}";
		assertFound(null,
				(spec) -> json(spec).body(BodyInserters.fromDataBuffers(Flux.range(0, longText.length() / 1000 + 1)
					.map((i) -> pooled(longText.substring(i * 1000, Math.min(longText.length(), i * 1000 + 1000)))))));
	}

	@Test
	void outputStream() {
		assertFound("m-1",
				(spec) -> json(spec).body(BodyInserters.fromOutputStream((out) -> write(out), (task) -> task.run())));
	}

	@Test
	void forms() {
		assertFound("m-1", (spec) -> spec.body(BodyInserters.fromFormData("model", "m-1").with("a", "b")));
		MultipartBodyBuilder parts = new MultipartBodyBuilder();
		parts.part("file", new ByteArrayResource(bytes("sound")), MediaType.APPLICATION_OCTET_STREAM).filename("a.wav");
		parts.part("model", "whisper-1");
		this.client.post()
			.uri("/v1/audio/transcriptions")
			.bodyValue(parts.build())
			.retrieve()
			.toBodilessEntity()
			.block(PATIENCE);
		assertThat(lastTarget()).isEqualTo(new LlmTarget("openai", "audio.transcriptions", "whisper-1"));
		this.client.post()
			.uri("/v1/audio/transcriptions")
			.body(BodyInserters.fromMultipartData("model", "whisper-2"))
			.retrieve()
			.toBodilessEntity()
			.block(PATIENCE);
		assertThat(lastTarget().model()).isEqualTo("whisper-2");
	}

	@Test
	void deferredObjectIsAskedOnce() {
		AtomicInteger subscriptions = new AtomicInteger();
		Mono<Chat> body = Mono.fromSupplier(() -> Chat.with("m-" + subscriptions.incrementAndGet()));
		send(this.client, (spec) -> spec.body(body, Chat.class)).block(PATIENCE);
		assertThat(subscriptions).hasValue(1);
		assertThat(lastTarget().model()).isEqualTo("m-1");
		assertThat(this.server.requests().get(0).text()).contains("\"m-1\"");
		assertThat(this.server.requests().get(0).header("Content-Length")).isNotNull();
	}

	@Test
	void eachAttemptAsksADeferredObject() {
		AtomicInteger subscriptions = new AtomicInteger();
		this.server.enqueue(FakeAnswer.status(500));
		Mono<Chat> body = Mono.fromSupplier(() -> Chat.with("m-" + subscriptions.incrementAndGet()))
			.delayElement(Duration.ofMillis(1));
		send(this.client, (spec) -> spec.body(body, Chat.class)).retry(1).block(PATIENCE);
		assertThat(this.server.requests()).extracting((request) -> request.text().contains("\"m-2\""))
			.containsExactly(false, true);
		assertThat(subscriptions).hasValue(2);
	}

	@Test
	void fluxOfObjectsStaysAnArray() {
		assertFound("m-1", (spec) -> json(spec).body(Flux.just("m-1", "m-2").hide().map(Chat::with), Chat.class));
		assertThat(this.server.requests().get(0).text()).startsWith("[{");
	}

	@Test
	void deferredBodyThatFails() {
		Mono<Chat> body = Mono.error(() -> new IllegalStateException("mine"));
		assertThatException().isThrownBy(() -> send(this.client, (spec) -> spec.body(body, Chat.class)).block(PATIENCE))
			.withStackTraceContaining("mine");
		assertThat(this.guarded.outcomes).hasSize(1).noneMatch((outcome) -> outcome.countsAsFailure());
	}

	@Test
	void deferredBodyThatIsEmpty() {
		assertFound(null, (spec) -> json(spec).body(Mono.<Chat>empty().hide(), Chat.class));
	}

	@Test
	void deferredBodyOfARejectedCallIsReleased() {
		this.guarded.registry().gate(new LlmTarget("openai", "chat.completions", "m-1")).modelBreaker().forceOpen(null);
		assertThat(this.guarded.state("openai:m-1")).isEqualTo(BreakerState.FORCED_OPEN);
		for (int i = 0; i < 100; i++) {
			Flux<DataBuffer> body = Flux.just(JSON, "   ").hide().map(this::pooled);
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> send(this.client, (spec) -> json(spec).body(BodyInserters.fromDataBuffers(body)))
					.block(PATIENCE));
		}
		assertThat(this.server.requestCount()).isZero();
	}

	@Test
	void cancelWhileTheBodyIsAwaited() {
		AtomicInteger cancels = new AtomicInteger();
		Mono<Chat> body = Mono.<Chat>never().doOnCancel(cancels::incrementAndGet);
		send(this.client, (spec) -> spec.body(body, Chat.class)).subscribe().dispose();
		assertThat(cancels).hasValue(1);
		assertThat(this.guarded.outcomes).isEmpty();
	}

	@Test
	void inserterOfTheCallersOwn() {
		BodyInserter<Object, ClientHttpRequest> inserter = (message, context) -> {
			message.getHeaders().set("X-Own", "yes");
			return BodyInserters.fromValue(Chat.with("m-1")).insert(message, context);
		};
		assertFound("m-1", (spec) -> spec.body(inserter));
		assertThat(this.server.requests()).allSatisfy((sent) -> assertThat(sent.header("X-Own")).isEqualTo("yes"));
	}

	@Test
	void inserterThatNeedsTheRealRequestFindsNoModel() {
		assertFound(null, (spec) -> spec.body((message, context) -> {
			assertThat(message.<Object>getNativeRequest()).isNotNull();
			return BodyInserters.fromValue(Chat.with("m-1")).insert(message, context);
		}));
	}

	@Test
	void bodyThatCannotBeWritten() {
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(
				() -> send(this.client, (spec) -> spec.contentType(MediaType.IMAGE_PNG).bodyValue(Chat.with("m")))
					.block(PATIENCE));
		assertThat(this.guarded.outcome().countsAsFailure()).isFalse();
	}

	private void assertFound(String model, Function<WebClient.RequestBodySpec, WebClient.RequestHeadersSpec<?>> body) {
		this.guarded.targets.clear();
		int before = this.server.requestCount();
		send(this.client, body).block(PATIENCE);
		assertThat(this.guarded.targets).containsExactly(new LlmTarget("openai", "chat.completions", model));
		send(this.plain, body).block(PATIENCE);
		RecordedRequest one = this.server.requests().get(before);
		RecordedRequest other = this.server.requests().get(before + 1);
		assertThat(one.text()).isEqualTo(other.text());
		assertThat(one.headers()).isEqualTo(other.headers());
	}

	private static Mono<String> send(WebClient client,
			Function<WebClient.RequestBodySpec, WebClient.RequestHeadersSpec<?>> body) {
		return body.apply(client.post().uri(Chat.PATH)).retrieve().bodyToMono(String.class);
	}

	private static WebClient.RequestBodySpec json(WebClient.RequestBodySpec spec) {
		return spec.contentType(MediaType.APPLICATION_JSON);
	}

	private static void write(OutputStream out) {
		try (out) {
			out.write(bytes(JSON));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static DataBuffer heap(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes(text));
	}

	private DataBuffer pooled(String text) {
		return new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT).allocateBuffer(text.length())
			.write(bytes(text));
	}

	private LlmTarget lastTarget() {
		return this.guarded.targets.get(this.guarded.targets.size() - 1);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
