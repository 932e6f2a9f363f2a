// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to judge an answer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClassificationBenchmark {

	private static final byte[] ERROR = ("{\"error\":{\"message\":\"Rate limit reached for gpt-4.1 in organization org-a on "
			+ "tokens per min (TPM): Limit 30000, Used 29000, Requested 4000. Please try again in 6.2s.\","
			+ "\"type\":\"tokens\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}")
		.getBytes(StandardCharsets.UTF_8);

	private static final byte[] ANSWER = ("{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
			+ "\"content\":\"" + "word ".repeat(800) + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":900}}")
		.getBytes(StandardCharsets.UTF_8);

	private final LlmDialect dialect = BuiltInDialects.all()
		.stream()
		.filter((candidate) -> candidate.id().equals("openai"))
		.findFirst()
		.orElseThrow();

	private final Map<String, String> headers = new TreeMap<>(
			Map.of("content-type", "application/json", "server", "cloudflare"));

	@Benchmark
	public CallOutcome error() {
		return this.dialect.classify(new ErrorAnswer(head(429), ERROR));
	}

	@Benchmark
	public CallOutcome document() {
		BodyObserver observer = this.dialect.observe(head(200));
		observer.onChunk(ByteBuffer.wrap(ANSWER));
		return observer.outcome();
	}

	private AnswerHead head(int status) {
		return new AnswerHead("chat.completions", "gpt-4.1", status, this.headers::get, InstantSource.system());
	}

}
