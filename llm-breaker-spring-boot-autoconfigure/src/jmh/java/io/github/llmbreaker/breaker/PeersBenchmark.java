// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.Tracer;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import dev.failsafe.CircuitBreakerOpenException;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a call through two breakers costs, ours or those of others with their defaults,
 * and what one costs that is rejected. With {@code -t 2} two threads share them; with
 * {@code -p models=10000} each call is one to another of so many models.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeersBenchmark {

	private static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null,
			200);

	private static final Duration DAY = Duration.ofDays(1);

	@Param({ "ours", "resilience4j", "failsafe", "sentinel" })
	private String library;

	@Param("1")
	private int models;

	private List<Subject> closed;

	private Subject open;

	@Setup
	public void setUp() throws Exception {
		IntFunction<Subject> maker = maker();
		this.closed = new ArrayList<>();
		for (int model = 0; model < this.models; model++) {
			this.closed.add(maker.apply(model));
		}
		this.open = maker.apply(-1);
		this.open.trip();
	}

	private IntFunction<Subject> maker() {
		return switch (this.library) {
			case "ours" -> {
				BreakerRegistry registry = new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL,
						20_000, TestPolicies.of(TestPolicies.model().evidence().get(), TestPolicies.provider().get()),
						(endpoint) -> true, List.of(), List.of(), Ticker.SYSTEM, Clock.systemUTC()));
				yield (model) -> new Ours(registry.gate(LlmTarget.of("openai", "model" + model)));
			}
			case "resilience4j" -> {
				CircuitBreaker provider = CircuitBreaker.ofDefaults("provider");
				yield (model) -> new Resilience4j(provider, CircuitBreaker.ofDefaults("model" + model));
			}
			case "failsafe" -> {
				var provider = dev.failsafe.CircuitBreaker.ofDefaults();
				yield (model) -> new Failsafe(provider, dev.failsafe.CircuitBreaker.builder().withDelay(DAY).build());
			}
			case "sentinel" -> {
				System.setProperty("csp.sentinel.log.dir",
						Path.of(System.getProperty("java.io.tmpdir"), "sentinel").toString());
				yield Sentinel::new;
			}
			default -> throw new IllegalStateException(this.library);
		};
	}

	/**
	 * Where a thread is in its round.
	 */
	@State(Scope.Thread)
	public static class Round {

		private int next;

		int next(int models) {
			this.next = (this.next + 1 < models) ? this.next + 1 : 0;
			return this.next;
		}

	}

	@Benchmark
	public Object success(Round round) throws Exception {
		return this.closed.get(round.next(this.models)).call();
	}

	@Benchmark
	public Object reject() throws Exception {
		return this.open.rejected();
	}

	/**
	 * The breakers of one model.
	 */
	private interface Subject {

		Object call() throws Exception;

		Object rejected() throws Exception;

		void trip() throws Exception;

	}

	private record Ours(TargetGate gate) implements Subject {

		@Override
		public Object call() {
			return this.gate.acquire(null).complete(SUCCESS);
		}

		@Override
		public Object rejected() {
			try {
				return this.gate.acquire(null);
			}
			catch (LlmCallRejectedException ex) {
				return ex;
			}
		}

		@Override
		public void trip() {
			((Breaker) this.gate.modelBreaker()).forceOpen(DAY);
		}

	}

	private record Resilience4j(CircuitBreaker provider, CircuitBreaker model) implements Subject {

		@Override
		public Object call() {
			this.provider.acquirePermission();
			this.model.acquirePermission();
			long start = this.model.getCurrentTimestamp();
			long time = this.model.getCurrentTimestamp() - start;
			this.model.onSuccess(time, this.model.getTimestampUnit());
			this.provider.onSuccess(time, this.provider.getTimestampUnit());
			return this.model;
		}

		@Override
		public Object rejected() {
			this.provider.acquirePermission();
			try {
				this.model.acquirePermission();
				return this;
			}
			catch (CallNotPermittedException ex) {
				this.provider.releasePermission();
				return ex;
			}
		}

		@Override
		public void trip() {
			this.model.transitionToOpenStateFor(DAY);
		}

	}

	private record Failsafe(dev.failsafe.CircuitBreaker<Object> provider,
			dev.failsafe.CircuitBreaker<Object> model) implements Subject {

		@Override
		public Object call() {
			this.provider.acquirePermit();
			this.model.acquirePermit();
			this.model.recordSuccess();
			this.provider.recordSuccess();
			return this.model;
		}

		@Override
		public Object rejected() {
			this.provider.acquirePermit();
			try {
				this.model.acquirePermit();
				return this;
			}
			catch (CircuitBreakerOpenException ex) {
				return ex;
			}
		}

		@Override
		public void trip() {
			this.model.open();
		}

	}

	private record Sentinel(int model, String name) implements Subject {

		private static final String PROVIDER = "provider";

		Sentinel(int model) {
			this(model, "model" + model);
		}

		@Override
		public Object call() throws BlockException {
			Entry provider = SphU.entry(PROVIDER);
			Entry inner = SphU.entry(this.name);
			inner.exit();
			provider.exit();
			return inner;
		}

		@Override
		public Object rejected() throws BlockException {
			Entry provider = SphU.entry(PROVIDER);
			try {
				return SphU.entry(this.name);
			}
			catch (BlockException ex) {
				return ex;
			}
			finally {
				provider.exit();
			}
		}

		/** By the only way there is: calls that fail. */
		@Override
		public void trip() throws BlockException {
			DegradeRule rule = new DegradeRule(this.name).setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_COUNT)
				.setCount(1)
				.setMinRequestAmount(1)
				.setStatIntervalMs(60_000)
				.setTimeWindow((int) DAY.toSeconds());
			DegradeRuleManager.loadRules(List.of(rule, new DegradeRule(PROVIDER)
				.setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_RATIO)
				.setCount(0.5)
				.setTimeWindow(60), closedRule()));
			for (int i = 0; i < 3; i++) {
				try {
					Entry entry = SphU.entry(this.name);
					Tracer.traceEntry(new IllegalStateException("503"), entry);
					entry.exit();
				}
				catch (BlockException ex) {
					return;
				}
			}
			throw new IllegalStateException("not open");
		}

		private static DegradeRule closedRule() {
			return new DegradeRule("model0").setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_RATIO)
				.setCount(0.5)
				.setTimeWindow(60);
		}

	}

}
