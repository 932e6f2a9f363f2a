// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a breaker that is in use holds on to: at most 6 KB, meters not counted. The figure
 * is the counter {@code bytes}, not the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
// JMH adds the counters of iterations up
@Measurement(iterations = 1)
public class MemoryBenchmark {

	private static final int BREAKERS = 10_000;

	/** As many as a busy breaker remembers one by one, and as many again. */
	private static final int CALLS = 200;

	private static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null,
			200);

	private static final CallOutcome FAILURE = new CallOutcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, true, null,
			503);

	@Param({ "ours", "resilience4j", "failsafe" })
	private String library;

	private final Time time = new Time();

	/**
	 * The result.
	 */
	@State(Scope.Thread)
	@AuxCounters(AuxCounters.Type.EVENTS)
	public static class Memory {

		/** Held by one breaker. */
		public long bytes;

	}

	@Benchmark
	public Object inUse(Memory memory) throws InterruptedException {
		IntFunction<Object> maker = maker();
		List<Object> all = new ArrayList<>(BREAKERS);
		maker.apply(-1);
		long before = used();
		for (int model = 0; model < BREAKERS; model++) {
			all.add(maker.apply(model));
		}
		memory.bytes = (used() - before) / BREAKERS;
		return all;
	}

	private IntFunction<Object> maker() {
		return switch (this.library) {
			case "ours" -> {
				BreakerRegistry registry = new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL,
						20_000, TestPolicies.of(TestPolicies.model().evidence().get(), TestPolicies.provider().get()),
						(endpoint) -> true, List.of(), List.of(), this.time, Clock.systemUTC()));
				yield (model) -> used(registry.gate(LlmTarget.of("openai", "model" + model)));
			}
			case "resilience4j" -> (model) -> used(CircuitBreaker.ofDefaults("model" + model));
			case "failsafe" -> (model) -> used(dev.failsafe.CircuitBreaker.ofDefaults());
			default -> throw new IllegalStateException(this.library);
		};
	}

	/** One call in twenty fails; one comes every three tenths of a second. */
	private TargetGate used(TargetGate gate) {
		for (int call = 0; call < CALLS; call++) {
			this.time.nanos += TimeUnit.MILLISECONDS.toNanos(300);
			gate.acquire(null).complete((call % 20 == 0) ? FAILURE : SUCCESS);
		}
		return gate;
	}

	private static CircuitBreaker used(CircuitBreaker breaker) {
		for (int call = 0; call < CALLS; call++) {
			breaker.acquirePermission();
			if (call % 20 == 0) {
				breaker.onError(1, TimeUnit.SECONDS, new IllegalStateException("503"));
			}
			else {
				breaker.onSuccess(1, TimeUnit.SECONDS);
			}
		}
		return breaker;
	}

	private static Object used(dev.failsafe.CircuitBreaker<Object> breaker) {
		breaker.acquirePermit();
		breaker.recordSuccess();
		return breaker;
	}

	private static long used() throws InterruptedException {
		Runtime runtime = Runtime.getRuntime();
		for (int i = 0; i < 3; i++) {
			System.gc();
			TimeUnit.MILLISECONDS.sleep(50);
		}
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private static final class Time implements Ticker {

		private long nanos;

		@Override
		public long nanos() {
			return this.nanos;
		}

	}

}
