/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
