// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.llmbreaker.BenchmarkChat;
import io.github.llmbreaker.breaker.BenchmarkRegistry;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What the filter adds to calls whose exchange costs nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WebClientBenchmark {

	private static final byte[] ANSWER = BenchmarkChat.answer();

	private static final int EVENTS = 10_000;

	private static final int MODELS = 10_000;

	/** Whether the filter is there. */
	@Param({ "false", "true" })
	public boolean guarded;

	private WebClient client;

	private WebClient streaming;

	private Object small;

	private Object big;

	private String text;

	private BenchmarkChat[] oneModel;

	private BenchmarkChat[] manyModels;

	private int next;

	/**
	 * Prepares clients and bodies.
	 */
	@Setup
	public void setUp() {
		LlmProviders providers = new LlmProviders(BuiltInDialects.all(), List.of());
		BreakerRegistry registry = BenchmarkRegistry.create(20_000);
		LlmBreakerExchangeFilterFunction filter = new LlmBreakerExchangeFilterFunction(providers, registry,
				Clock.systemUTC());
		WebClient.Builder builder = this.guarded ? WebClient.builder().filter(filter) : WebClient.builder();
		this.client = builder.clone().exchangeFunction(answering("application/json", Flux.defer(() -> Flux.just(wrap(ANSWER))))).build();
		byte[] event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"token\"}}]}\n\n".getBytes(StandardCharsets.UTF_8);
		byte[] done = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
		Flux<DataBuffer> events = Flux.range(0, EVENTS).map((i) -> wrap((i < EVENTS - 1) ? event : done));
		this.streaming = builder.clone().exchangeFunction(answering("text/event-stream", events)).build();
		this.small = BenchmarkChat.small();
		this.big = new BenchmarkChat("gpt-4.1", "x".repeat(10 * 1024 * 1024));
		this.text = BenchmarkChat.text();
		this.oneModel = IntStream.range(0, MODELS)
			.mapToObj((i) -> new BenchmarkChat("gpt-4.1", ""))
			.toArray(BenchmarkChat[]::new);
		this.manyModels = IntStream.range(0, MODELS)
			.mapToObj((i) -> new BenchmarkChat("gpt-" + i, ""))
			.toArray(BenchmarkChat[]::new);
	}

	/**
	 * A call with a small object.
	 */
	@Benchmark
	public Object smallObject() {
		return ask(this.small);
	}

	/**
	 * A call with an object of 10 MB.
	 */
	@Benchmark
	public Object bigObject() {
		return ask(this.big);
	}

	/**
	 * A call with text.
	 */
	@Benchmark
	public Object text() {
		return ask(this.text);
	}

	/**
	 * One of many calls to one model.
	 */
	@Benchmark
	public Object oneModel() {
		return ask(next(this.oneModel));
	}

	/**
	 * A call to each of 10,000 models in turn.
	 */
	@Benchmark
	public Object manyModels() {
		return ask(next(this.manyModels));
	}

	/**
	 * A call that is rejected if there is a filter.
	 */
	@Benchmark
	public Object rejected() {
		return this.client.post()
			.uri(BenchmarkChat.URL)
			.bodyValue(new BenchmarkChat(BenchmarkRegistry.OPEN_MODEL, ""))
			.retrieve()
			.bodyToMono(String.class)
			.onErrorReturn("rejected")
			.block();
	}

	/**
	 * A stream of 10,000 decoded events.
	 */
	@Benchmark
	public Object stream() {
		return this.streaming.post()
			.uri(BenchmarkChat.URL)
			.bodyValue(this.small)
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.blockLast();
	}

	/**
	 * A stream of 10,000 raw buffers.
	 */
	@Benchmark
	public Object rawStream() {
		return this.streaming.post()
			.uri(BenchmarkChat.URL)
			.bodyValue(this.small)
			.retrieve()
			.bodyToFlux(DataBuffer.class)
			.blockLast();
	}

	private Object ask(Object body) {
		return this.client.post().uri(BenchmarkChat.URL).bodyValue(body).retrieve().bodyToMono(String.class).block();
	}

	private BenchmarkChat next(BenchmarkChat[] bodies) {
		this.next = (this.next + 1 < bodies.length) ? this.next + 1 : 0;
		return bodies[this.next];
	}

	private static DataBuffer wrap(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	private static ExchangeFunction answering(String contentType, Flux<DataBuffer> body) {
		return (request) -> Mono.just(ClientResponse.create(HttpStatus.OK)
			.header("Content-Type", MediaType.parseMediaType(contentType).toString())
			.body(body)
			.build());
	}

}
