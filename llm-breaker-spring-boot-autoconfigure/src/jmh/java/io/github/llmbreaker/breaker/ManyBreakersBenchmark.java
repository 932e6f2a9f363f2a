// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a call costs as one of many models: at most 20 % more with 10,000 breakers than
 * with one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ManyBreakersBenchmark {

	private static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null,
			200);

	@Param({ "1", "10000" })
	private int models;

	private BreakerRegistry registry;

	private LlmTarget[] targets;

	private int next;

	@Setup
	public void setUp() {
		this.registry = new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 20_000,
				TestPolicies.of(TestPolicies.model().get(), TestPolicies.provider().get()), (endpoint) -> true,
				List.of(), List.of(), Ticker.SYSTEM, Clock.systemUTC()));
		this.targets = new LlmTarget[this.models];
		for (int i = 0; i < this.models; i++) {
			this.targets[i] = LlmTarget.of("openai", "model-" + i);
			this.registry.gate(this.targets[i]);
		}
	}

	@Benchmark
	public CallOutcome cycle() {
		this.next = (this.next + 1 < this.models) ? this.next + 1 : 0;
		return this.registry.gate(this.targets[this.next]).acquire(null).complete(SUCCESS);
	}

}
