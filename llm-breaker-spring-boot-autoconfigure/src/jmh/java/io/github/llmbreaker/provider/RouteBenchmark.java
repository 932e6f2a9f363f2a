// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to tell whose a URL is. The URLs are new on each call, as in a client.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteBenchmark {

	private final LlmProviders providers = new LlmProviders(BuiltInDialects.all(),
			List.of(new LlmProvider("vllm",
					BuiltInDialects.all()
						.stream()
						.filter((dialect) -> dialect.id().equals("openai"))
						.findFirst()
						.orElseThrow(),
					List.of(URI.create("http://vllm.internal:8000/v1")), null)));

	private final URI openai = URI.create("https://api.openai.com/v1/chat/completions");

	private final URI azure = URI.create("https://contoso.openai.azure.com/openai/deployments/prod/chat/completions");

	private final URI configured = URI.create("http://vllm.internal:8000/v1/chat/completions");

	private final URI unknown = URI.create("https://api.cars.example/v1/orders");

	@Benchmark
	public @Nullable LlmRoute openai() {
		return this.providers.route(this.openai);
	}

	@Benchmark
	public @Nullable LlmRoute azure() {
		return this.providers.route(this.azure);
	}

	@Benchmark
	public @Nullable LlmRoute configured() {
		return this.providers.route(this.configured);
	}

	@Benchmark
	public @Nullable LlmRoute unknown() {
		return this.providers.route(this.unknown);
	}

}
