// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import io.github.llmbreaker.provider.json.JsonPaths;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.ServerSentEventHttpMessageReader;

/**
 * What it costs per event to watch a stream, next to what it costs to decode it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(StreamBenchmark.EVENTS)
public class StreamBenchmark {

	static final int EVENTS = 10_000;

	private static final JsonPaths PATHS = new JsonPaths();

	private static final int ERROR = PATHS.watch("error");

	private static final int CONTENT = PATHS.watch("choices[*].delta.content");

	private static final int FINISH = PATHS.capture("choices[*].finish_reason", 64);

	@Param({ "heap", "direct" })
	String memory;

	private final List<ByteBuffer> chunks = new ArrayList<>();

	@Setup
	public void fill() {
		for (int i = 0; i < EVENTS; i++) {
			String event = "data: {\"id\":\"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT\",\"object\":\"chat.completion.chunk\","
					+ "\"created\":1741569952,\"model\":\"gpt-4.1-2025-04-14\",\"service_tier\":\"default\","
					+ "\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word"
					+ i + "\"},\"logprobs\":null,\"finish_reason\":null}],\"obfuscation\":\"Xa8Kq\"}\n\n";
			byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
			this.chunks.add(this.memory.equals("heap") ? ByteBuffer.wrap(bytes)
					: ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
		}
	}

	@Benchmark
	public long watch() {
		Watch watch = new Watch();
		SseFramer framer = new SseFramer(watch);
		for (ByteBuffer chunk : this.chunks) {
			framer.read(chunk);
		}
		framer.end();
		return watch.content;
	}

	@Benchmark
	public long observe() {
		LlmDialect dialect = BuiltInDialects.all()
			.stream()
			.filter((candidate) -> candidate.id().equals("openai"))
			.findFirst()
			.orElseThrow();
		BodyObserver observer = dialect.observe(new AnswerHead("chat.completions", "gpt-4.1", 200,
				Map.of("content-type", "text/event-stream")::get, java.time.Clock.systemUTC()));
		for (ByteBuffer chunk : this.chunks) {
			observer.onChunk(chunk);
		}
		return observer.contentEvents();
	}

	@Benchmark
	public @Nullable Object decode() {
		DefaultDataBufferFactory factory = DefaultDataBufferFactory.sharedInstance;
		return new ServerSentEventHttpMessageReader()
			.read(ResolvableType.forClassWithGenerics(ServerSentEvent.class, String.class), new Body(
					Flux.fromIterable(this.chunks).map((chunk) -> factory.wrap(chunk.duplicate()))), Map.of())
			.blockLast();
	}

	private static final class Watch implements EventSink {

		private final JsonSkimmer skimmer = new JsonSkimmer(PATHS);

		private long content;

		@Override
		public void onBytes(byte[] bytes, int from, int to) {
			this.skimmer.onBytes(bytes, from, to);
		}

		@Override
		public void onEvent(@Nullable String name) {
			if (this.skimmer.isFilled(ERROR) || this.skimmer.is(FINISH, "content_filter")) {
				throw new IllegalStateException();
			}
			if (this.skimmer.isFilled(CONTENT)) {
				this.content++;
			}
			this.skimmer.reset();
		}

	}

	private record Body(Flux<org.springframework.core.io.buffer.DataBuffer> body) implements ReactiveHttpInputMessage {

		@Override
		public Flux<org.springframework.core.io.buffer.DataBuffer> getBody() {
			return this.body;
		}

		@Override
		public org.springframework.http.HttpHeaders getHeaders() {
			org.springframework.http.HttpHeaders headers = new org.springframework.http.HttpHeaders();
			headers.setContentType(MediaType.TEXT_EVENT_STREAM);
			return headers;
		}

	}

}
