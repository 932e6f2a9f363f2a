// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.event.PublishingBreakerListener;
import io.github.llmbreaker.metrics.MetricsBreakerListener;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * What a permit costs: at most 150 ns and 160 B with two closed breakers and meters, 150
 * ns and 128 B to reject.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PermitBenchmark {

	private static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null,
			200);

	private static final CallOutcome CLIENT_ERROR = new CallOutcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE, false,
			null, 400);

	private BreakerRegistry registry;

	private TargetGate closed;

	private TargetGate open;

	private TargetGate closedWithMeters;

	private TargetGate openWithMeters;

	private final CircuitBreaker provider = CircuitBreaker.ofDefaults("provider");

	private final CircuitBreaker model = CircuitBreaker.ofDefaults("model");

	@Setup
	public void setUp() {
		this.registry = registry(List.of());
		this.closed = this.registry.gate(LlmTarget.of("openai", "closed"));
		this.open = open(this.registry);
		MeterRegistry meters = new SimpleMeterRegistry();
		BreakerRegistry metered = registry(
				List.of(new LoggingBreakerListener(),
				new PublishingBreakerListener((event) -> {
				}, Clock.systemUTC(), PermitBenchmark::thread), new MetricsBreakerListener(() -> meters)));
		this.closedWithMeters = metered.gate(LlmTarget.of("openai", "closed"));
		this.openWithMeters = open(metered);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	}

	private static BreakerRegistry registry(List<BreakerListener> listeners) {
		return new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 1000,
				TestPolicies.of(TestPolicies.model().get(), TestPolicies.provider().get()), (endpoint) -> true,
				List.of(), listeners, Ticker.SYSTEM, Clock.systemUTC()));
	}

	private static TargetGate open(BreakerRegistry registry) {
		TargetGate gate = registry.gate(LlmTarget.of("openai", "open"));
		registry.find("openai:open").orElseThrow().forceOpen(null);
		return gate;
	}

	@Benchmark
	public CallOutcome success() {
		return this.closed.acquire(null).complete(SUCCESS);
	}

	@Benchmark
	@Threads(4)
	public CallOutcome successOfFourThreads() {
		return this.closed.acquire(null).complete(SUCCESS);
	}

	@Benchmark
	public CallOutcome successWithMeters() {
		return this.closedWithMeters.acquire(null).complete(SUCCESS);
	}

	@Benchmark
	public CallOutcome neutral() {
		return this.closed.acquire(null).complete(CLIENT_ERROR);
	}

	@Benchmark
	public CallOutcome successWithLookup() {
		return this.registry.gate(LlmTarget.of("openai", "closed")).acquire(null).complete(SUCCESS);
	}

	@Benchmark
	public CallOutcome nested() {
		CallPermit outer = this.closed.acquire(null);
		this.closed.acquire(outer).complete(SUCCESS);
		return outer.complete(SUCCESS);
	}

	@Benchmark
	public Object reject() {
		return reject(this.open);
	}

	@Benchmark
	public Object rejectWithMeters() {
		return reject(this.openWithMeters);
	}

	private static Object reject(TargetGate gate) {
		try {
			return gate.acquire(null);
		}
		catch (LlmCallRejectedException ex) {
			return ex;
		}
	}

	/** The measure: two breakers of Resilience4j as they come. */
	@Benchmark
	public long resilience4j() {
		this.provider.tryAcquirePermission();
		this.model.tryAcquirePermission();
		long start = System.nanoTime();
		long nanos = System.nanoTime() - start;
		this.provider.onSuccess(nanos, TimeUnit.NANOSECONDS);
		this.model.onSuccess(nanos, TimeUnit.NANOSECONDS);
		return nanos;
	}

	/** What the machine takes for one look at the clock. */
	@Benchmark
	public long nanoTime() {
		return System.nanoTime();
	}

}
