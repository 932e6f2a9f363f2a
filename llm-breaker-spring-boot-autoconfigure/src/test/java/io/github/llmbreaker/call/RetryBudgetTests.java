// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSettings;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.GateView;
import io.github.llmbreaker.breaker.Isolation;
import io.github.llmbreaker.breaker.RetryPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that retries never become the outage: how many there are of a target's calls.
 */
class RetryBudgetTests {

	private static final LlmTarget TARGET = new LlmTarget("p", "chat", "a");

	private static final CallOutcome FAILURE = new CallOutcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, true, null,
			529);

	private static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null,
			200);

	private final VirtualTime time = new VirtualTime();

	private final Random random = new Random(42);

	private final List<LlmTarget> denied = new ArrayList<>();

	private int retried;

	private double budget = 20;

	private List<FallbackModel> fallbacks = List.of();

	private BreakerMode mode = BreakerMode.ENFORCE;

	@ParameterizedTest
	@CsvSource({ "20, 1.15, 1.21", "10, 1.07, 1.11", "100, 1.70, 1.80", "0, 1.70, 1.80" })
	void providerInABrownOutSeesItsCallsAndTheBudgetOfRetries(double percentage, double least, double most) {
		this.budget = percentage;
		int calls = 50 * 120;
		assertThat((double) attempts(calls, Duration.ofMillis(20), 0.5) / calls).isBetween(least, most);
		assertThat(this.denied.isEmpty()).isEqualTo(percentage == 0 || percentage == 100);
	}

	@Test
	void atLowRatesOneRetryASecondIsAlwaysAllowed() {
		int calls = 60;
		assertThat(attempts(calls, Duration.ofSeconds(2), 1)).isEqualTo(3 * calls);
		assertThat(this.denied).isEmpty();
	}

	@Test
	void whenTheBudgetIsUsedUpThenOneRetryASecondIsLeft() {
		TargetGate gate = gate(registry());
		drain(gate);
		for (int second = 1; second <= 30; second++) {
			this.time.advanceSeconds(1);
			assertThat(gate.mayRetry()).as("second %d", second).isTrue();
			assertThat(second > 9 || !gate.mayRetry()).as("second %d", second).isTrue();
		}
	}

	@Test
	void whenTenSecondsHavePassedThenTheBudgetIsThereAgain() {
		TargetGate gate = gate(registry());
		assertThat(drain(gate)).isEqualTo(10);
		this.time.advanceSeconds(10);
		assertThat(drain(gate)).isEqualTo(10);
		this.time.advance(Duration.ofDays(400));
		assertThat(drain(gate)).isEqualTo(10);
	}

	@Test
	void callsOfTheLastTenSecondsAreWhatCounts() {
		TargetGate gate = gate(registry());
		IntStream.range(0, 1000).forEach((i) -> gate.calling());
		this.time.advanceSeconds(9);
		assertThat(drain(gate)).isEqualTo(200);
		this.time.advanceSeconds(10);
		assertThat(drain(gate)).isEqualTo(10);
	}

	@Test
	void whenTheBudgetIsUsedUpThenTheFallbackIsAskedAtOnce() {
		this.fallbacks = List.of(new FallbackModel(null, "b"));
		BreakerRegistry registry = registry();
		drain(gate(registry));
		this.denied.clear();
		Next next = fail(LlmCall.of(guard(registry), gate(registry), Reach.EVERYWHERE, null));
		assertThat(next.action()).isEqualTo(Next.Action.RUN);
		assertThat(next.requiredAttempt().target().model()).isEqualTo("b");
		assertThat(this.denied).containsExactly(TARGET);
	}

	@Test
	void whenTheBudgetIsUsedUpThenTheCallerGetsTheFailureAtOnce() {
		BreakerRegistry registry = registry();
		drain(gate(registry));
		Next next = fail(LlmCall.of(guard(registry), gate(registry), Reach.EVERYWHERE, null));
		assertThat(next.requiredError()).isInstanceOf(IOException.class).hasNoSuppressedExceptions();
		assertThat(this.retried).isZero();
	}

	@Test
	void fallbacksTakeNothingOfTheBudgetOfTheTargetTheyCallInstead() {
		this.fallbacks = List.of(new FallbackModel(null, "b"));
		BreakerRegistry registry = registry();
		registry.gate(TARGET);
		registry.find("p:a").orElseThrow().forceOpen(null);
		for (int i = 0; i < 100; i++) {
			LlmCall call = LlmCall.of(guard(registry), gate(registry), Reach.EVERYWHERE, null);
			Attempt attempt = call.begin().requiredAttempt();
			assertThat(attempt.target().model()).isEqualTo("b");
			attempt.end(SUCCESS);
		}
		assertThat(drain(registry.gate(new LlmTarget("p", "chat", "b")))).isEqualTo(20);
		assertThat(drain(gate(registry))).isEqualTo(10);
	}

	@Test
	void callInsideOfOneToTheSameTargetIsNoOtherCall() {
		BreakerRegistry registry = registry();
		for (int i = 0; i < 100; i++) {
			LlmCall method = LlmCall.of(guard(registry), gate(registry), Reach.EVERYWHERE, null);
			Attempt around = method.begin().requiredAttempt();
			CallPermit outer = around.permit();
			Attempt inside = LlmCall.of(guard(registry), gate(registry), Reach.EVERYWHERE, outer)
				.begin()
				.requiredAttempt();
			inside.end(SUCCESS);
			around.end(SUCCESS);
		}
		assertThat(drain(gate(registry))).isEqualTo(20);
	}

	@Test
	void whenObservingThenTheBudgetHoldsAsWell() {
		this.mode = BreakerMode.OBSERVE;
		int calls = 50 * 60;
		assertThat(attempts(calls, Duration.ofMillis(20), 0.5)).isLessThan(calls * 121 / 100);
	}

	@Test
	void threadsTogetherTakeNoMoreThanThereIs() throws Exception {
		TargetGate gate = gate(registry());
		int threads = 8;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CountDownLatch start = new CountDownLatch(threads);
			Callable<Integer> draining = () -> {
				start.countDown();
				start.await();
				IntStream.range(0, 500).forEach((i) -> gate.calling());
				return 0;
			};
			run(executor, threads, draining);
			assertThat(run(executor, threads, () -> drain(gate))).isEqualTo(threads * 500 / 5);
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static int run(ExecutorService executor, int threads, Callable<Integer> task) throws Exception {
		List<Future<Integer>> results = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			results.add(executor.submit(task));
		}
		int sum = 0;
		for (Future<Integer> result : results) {
			sum += result.get();
		}
		return sum;
	}

	private static int drain(TargetGate gate) {
		int taken = 0;
		while (gate.mayRetry()) {
			taken++;
		}
		return taken;
	}

	private static Next fail(LlmCall call) {
		Attempt attempt = call.begin().requiredAttempt();
		attempt.end(FAILURE);
		return call.failed(attempt, FAILURE, new IOException("529"));
	}

	/** Returns how often the provider was called. */
	private int attempts(int calls, Duration distance, double failing) {
		BreakerRegistry registry = registry();
		registry.gate(TARGET);
		registry.all().forEach((breaker) -> breaker.disable());
		PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
		for (int i = 0; i < calls; i++) {
			due.add(new Due(distance.multipliedBy(i), null));
		}
		Duration now = Duration.ZERO;
		int attempts = 0;
		while (!due.isEmpty()) {
			Due next = due.remove();
			this.time.advance(next.at().minus(now));
			now = next.at();
			LlmCall call = (next.call() != null) ? next.call()
					: LlmCall.of(guard(registry), gate(registry), Reach.EVERYWHERE, null);
			Attempt attempt = call.begin().requiredAttempt();
			attempts++;
			if (this.random.nextDouble() >= failing) {
				attempt.end(SUCCESS);
				continue;
			}
			attempt.end(FAILURE);
			Next after = call.failed(attempt, FAILURE, new IOException("529"));
			if (after.action() == Next.Action.RETRY) {
				due.add(new Due(now.plus(after.delay()), call));
			}
		}
		assertThat(this.retried).isEqualTo(attempts - calls);
		return attempts;
	}

	private static TargetGate gate(BreakerRegistry registry) {
		return registry.gate(TARGET);
	}

	private CallGuard guard(BreakerRegistry registry) {
		LlmProviders providers = new LlmProviders(List.of(), List.of());
		return new CallGuard(registry, providers, new ClientFailures(providers, Clock.systemUTC()), Clock.systemUTC(),
				this.time, this.random::nextDouble);
	}

	private BreakerRegistry registry() {
		BreakerPolicy breaker = TestPolicies.model().get();
		RetryPolicy retry = new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(10), 0.5,
				Duration.ofSeconds(10), this.budget, EnumSet.of(OutcomeKind.OVERLOADED));
		CallPolicy call = new CallPolicy(breaker, TimeoutPolicy.NONE, retry, this.fallbacks, StreamRecovery.NONE);
		return new BreakerRegistry(new BreakerSettings(this.mode, Isolation.MODEL, 100, TestPolicies.of(call, breaker),
				(endpoint) -> true, List.of(), List.of(new Counting()), this.time, this.time));
	}

	/**
	 * An attempt to be made.
	 *
	 * @param at when
	 * @param call the call that is tried again; {@code null} for a new one
	 */
	private record Due(Duration at, @Nullable LlmCall call) {
	}

	/**
	 * Counts retries and refusals.
	 */
	private final class Counting implements BreakerListener {

		@Override
		public void onRetry(GateView gate, Duration delay) {
			RetryBudgetTests.this.retried++;
		}

		@Override
		public void onRetryDenied(GateView gate) {
			synchronized (RetryBudgetTests.this.denied) {
				RetryBudgetTests.this.denied.add(gate.target());
			}
		}

	}

}
