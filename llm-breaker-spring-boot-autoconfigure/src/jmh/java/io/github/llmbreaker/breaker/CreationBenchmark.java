// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.LlmTarget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a call to a model never seen before costs while the registry is full.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CreationBenchmark {

	private BreakerRegistry registry;

	private long next;

	@Setup
	public void setUp() {
		this.registry = new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 1000,
				TestPolicies.of(TestPolicies.model().get(), TestPolicies.provider().get()), (endpoint) -> true,
				List.of(), List.of(), Ticker.SYSTEM, Clock.systemUTC()));
	}

	@Benchmark
	public TargetGate newModel() {
		return this.registry.gate(LlmTarget.of("openai", "model-" + this.next++));
	}

}
