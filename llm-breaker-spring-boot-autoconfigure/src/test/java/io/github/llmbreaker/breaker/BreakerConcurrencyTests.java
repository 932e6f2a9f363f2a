// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.github.llmbreaker.breaker.BreakerFixture.CANCELLED;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with many threads at one breaker.
 */
@Timeout(60)
class BreakerConcurrencyTests {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().threshold(1_000_000));

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	@Test
	@DisplayName("Ten threads with ten thousand calls each: exact totals, no rejection")
	void exactTotals() {
		TargetGate gate = this.fixture.gate();
		inThreads(10, (thread) -> {
			for (int i = 0; i < 10_000; i++) {
				gate.acquire(null).complete((i % 2 == 0) ? SUCCESS : NEUTRAL);
			}
		});
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(50_000, 0, 50_000, 0, 0));
		assertThat(this.fixture.breaker().snapshot().window().calls()).isEqualTo(50_000);
	}

	@Test
	@DisplayName("Twelve threads with mixed calls while time passes: no update lost")
	void mixed() {
		TargetGate gate = this.fixture.gate();
		inThreads(12, (thread) -> {
			for (int i = 0; i < 99; i++) {
				gate.acquire(null).complete(List.of(SUCCESS, FAILURE, NEUTRAL).get(i % 3));
				this.fixture.time.advance(Duration.ofMillis(10));
			}
		});
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(396, 396, 396, 0, 0));
		assertThat(this.fixture.breaker().snapshot().window()).isEqualTo(new BreakerSnapshot.Window(792, 396, 50, 0));
	}

	@Test
	@DisplayName("Three threads with 500 failures each are 1500, of successes too")
	void failures() {
		TargetGate gate = this.fixture.gate();
		inThreads(3, (thread) -> {
			for (int i = 0; i < 500; i++) {
				gate.acquire(null).complete(FAILURE);
				gate.acquire(null).complete(SUCCESS);
			}
		});
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(1500, 1500, 0, 0, 0));
		assertThat(this.fixture.failuresInWindow()).isEqualTo(1500);
	}

	@RepeatedTest(20)
	@DisplayName("Five threads after the cooldown make one move to half-open")
	void oneMove() {
		this.fixture = BreakerFixture.with(TestPolicies.model()).open();
		this.fixture.time.advanceSeconds(30);
		inThreads(5, (thread) -> assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN));
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN",
				"openai:gpt-4.1 OPEN HALF_OPEN");
	}

	@RepeatedTest(20)
	@DisplayName("Three threads with 2000 failures each: exactly as many as the threshold count, one trip")
	void maximum() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(3000));
		TargetGate gate = this.fixture.gate();
		AtomicInteger rejected = new AtomicInteger();
		inThreads(3, (thread) -> {
			for (int i = 0; i < 2000; i++) {
				tryCall(gate, FAILURE, rejected);
			}
		});
		BreakerSnapshot snapshot = this.fixture.breaker().snapshot();
		assertThat(snapshot.trips()).isEqualTo(1);
		assertThat(snapshot.calls().failed()).isEqualTo(3000);
		assertThat(snapshot.window().failures()).isEqualTo(3000);
		assertThat(this.fixture.listener.changes.get(0).failures()).isEqualTo(3000);
		assertThat(snapshot.calls().late()).isLessThanOrEqualTo(2);
		assertThat(snapshot.calls().late() + snapshot.calls().rejected()).isEqualTo(3000);
		assertThat(snapshot.calls().rejected()).isEqualTo(rejected.get());
	}

	@Test
	@DisplayName("Calls on one breaker run in parallel")
	void parallel() {
		TargetGate gate = this.fixture.gate();
		CyclicBarrier allInside = new CyclicBarrier(8);
		inThreads(8, (thread) -> {
			CallPermit permit = gate.acquire(null);
			await(allInside);
			permit.complete(SUCCESS);
		});
		assertThat(this.fixture.totals().succeeded()).isEqualTo(8);
	}

	@RepeatedTest(30)
	void neverMoreProbesThanPlaces() {
		this.fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(3)).halfOpen();
		TargetGate gate = this.fixture.gate();
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		inThreads(6, (thread) -> {
			for (int i = 0; i < 500; i++) {
				try {
					CallPermit permit = gate.acquire(null);
					most.accumulateAndGet(inside.incrementAndGet(), Math::max);
					inside.decrementAndGet();
					permit.complete(CANCELLED);
					permit.complete(CANCELLED);
				}
				catch (LlmCallRejectedException ex) {
					assertThat(ex.getState()).isEqualTo(BreakerState.HALF_OPEN);
				}
			}
		});
		assertThat(most).hasValueLessThanOrEqualTo(3);
		CallPermit[] probes = { this.fixture.start(), this.fixture.start(), this.fixture.start() };
		this.fixture.rejected();
		for (CallPermit probe : probes) {
			probe.complete(SUCCESS);
		}
		assertThat(this.fixture.state()).as("no place was lost").isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void nestedCallsThatEndInAnyOrderAreOneCallEach() {
		TargetGate gate = this.fixture.gate();
		TargetGate sibling = this.fixture.registry().gate(BreakerFixture.SIBLING);
		int rounds = 3000;
		List<CallPermit[]> calls = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			CallPermit outer = gate.acquire(null);
			CallPermit inner = gate.acquire(outer);
			calls.add(new CallPermit[] { outer, inner, gate.acquire(inner), sibling.acquire(inner) });
		}
		CyclicBarrier round = new CyclicBarrier(4);
		inThreads(4, (thread) -> {
			for (int i = 0; i < rounds; i++) {
				CallPermit[] permits = calls.get(i);
				await(round);
				permits[thread].complete((thread == 2) ? FAILURE : SUCCESS);
				permits[(thread + 1) % 3].complete((thread == 1) ? FAILURE : SUCCESS);
			}
		});
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, rounds, 0, 0, 0));
		assertThat(sibling.modelBreaker().snapshot().calls()).isEqualTo(new BreakerSnapshot.Calls(rounds, 0, 0, 0, 0));
		BreakerSnapshot.Calls provider = this.fixture.providerBreaker().snapshot().calls();
		assertThat(provider.succeeded() + provider.failed() + provider.neutral()).isEqualTo(rounds);
		assertThat(this.fixture.listener.completed).hasSize(2 * rounds);
	}

	@Test
	void callThatStartsWhileTheCallAroundEndsIsNeverLost() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(1_000_000));
		TargetGate gate = this.fixture.gate();
		int rounds = 3000;
		List<CallPermit> outer = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			outer.add(gate.acquire(null));
		}
		CyclicBarrier round = new CyclicBarrier(2);
		AtomicInteger joined = new AtomicInteger();
		inThreads(2, (thread) -> {
			for (int i = 0; i < rounds; i++) {
				await(round);
				if (thread == 0) {
					outer.get(i).complete(SUCCESS);
				}
				else {
					CallPermit inner = gate.acquire(outer.get(i));
					inner.complete(FAILURE);
					joined.addAndGet(outer.get(i).isReportedInside() ? 1 : 0);
				}
			}
		});
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(rounds - joined.get(), rounds, 0, 0, 0));
		assertThat(this.fixture.listener.completed).hasSize(2 * rounds - joined.get());
	}

	@RepeatedTest(30)
	void hungPlacesAreReclaimedOnce() {
		this.fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(3)).halfOpen();
		Queue<CallPermit> hung = new ConcurrentLinkedQueue<>(
				List.of(this.fixture.start(), this.fixture.start(), this.fixture.start()));
		this.fixture.time.advance(Duration.ofMinutes(2));
		Queue<CallPermit> admitted = new ConcurrentLinkedQueue<>();
		TargetGate gate = this.fixture.gate();
		inThreads(6, (thread) -> {
			CallPermit late = hung.poll();
			if (late != null) {
				late.complete(NEUTRAL);
			}
			try {
				admitted.add(gate.acquire(null));
			}
			catch (LlmCallRejectedException ex) {
				assertThat(ex.getState()).isEqualTo(BreakerState.HALF_OPEN);
			}
		});
		while (this.fixture.gate().isCallable()) {
			admitted.add(this.fixture.start());
		}
		assertThat(admitted).hasSize(3);
	}

	@RepeatedTest(10)
	@DisplayName("Changes by hand under traffic: nothing is lost, moves are told in order, it works afterwards")
	void changesByHand() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(3).consecutive().halfOpenCalls(2));
		TargetGate gate = this.fixture.gate();
		Breaker breaker = this.fixture.breaker();
		AtomicInteger rejected = new AtomicInteger();
		inThreads(5, (thread) -> {
			ThreadLocalRandom random = ThreadLocalRandom.current();
			for (int i = 0; i < 1000; i++) {
				if (thread == 0) {
					List<Runnable> changes = List.of(breaker::close, breaker::halfOpen, breaker::reset,
							() -> breaker.forceOpen(Duration.ofSeconds(1)), breaker::close);
					changes.get(random.nextInt(changes.size())).run();
					this.fixture.time.advance(Duration.ofMillis(300));
				}
				else {
					tryCall(gate, List.of(SUCCESS, FAILURE, CANCELLED).get(random.nextInt(3)), rejected);
				}
			}
		});
		BreakerSnapshot.Calls calls = this.fixture.totals();
		assertThat(calls.rejected()).isEqualTo(rejected.get());
		assertThat(calls.succeeded() + calls.failed() + calls.neutral() + calls.late() + calls.rejected())
			.isEqualTo(4000);
		assertMovesFit();
		breaker.reset();
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void evictionUnderTrafficKeepsTheBoundAndEachCallItsPermit() {
		this.fixture.maxBreakers = 20;
		BreakerRegistry registry = this.fixture.registry();
		inThreads(6, (thread) -> {
			ThreadLocalRandom random = ThreadLocalRandom.current();
			for (int i = 0; i < 2000; i++) {
				TargetGate gate = registry.gate(LlmTarget.of("openai", "model-" + random.nextInt(100)));
				gate.acquire(null).complete(SUCCESS);
				this.fixture.time.advance(Duration.ofMillis(2));
				assertThat(registry.all()).hasSizeLessThanOrEqualTo(20);
			}
		});
		assertThat(this.fixture.listener.completed).hasSize(12_000);
		List<Breaker> left = new ArrayList<>(this.fixture.listener.created);
		left.removeAll(this.fixture.listener.evicted);
		assertThat(registry.all()).containsExactlyInAnyOrderElementsOf(left);
		assertThat(registry.find("openai").orElseThrow().snapshot().calls().succeeded()).isEqualTo(12_000);
	}

	@RepeatedTest(5)
	void evictionUnderFailuresLosesNoneOfThem() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(10_000));
		this.fixture.maxBreakers = 8;
		BreakerRegistry registry = this.fixture.registry();
		AtomicInteger failed = new AtomicInteger();
		inThreads(4, (thread) -> {
			ThreadLocalRandom random = ThreadLocalRandom.current();
			for (int i = 0; i < 2000; i++) {
				CallPermit permit = registry.gate(LlmTarget.of("openai", "model-" + random.nextInt(30))).acquire(null);
				this.fixture.time.advance(Duration.ofSeconds(random.nextInt(60)));
				if (random.nextInt(10) == 0) {
					failed.incrementAndGet();
					permit.complete(FAILURE);
				}
				else {
					permit.complete(SUCCESS);
				}
				assertThat(registry.all()).hasSizeLessThanOrEqualTo(8);
			}
		});
		List<Breaker> left = new ArrayList<>(this.fixture.listener.created);
		this.fixture.listener.evicted.forEach((breaker) -> assertThat(left.remove(breaker)).isTrue());
		assertThat(registry.all()).containsExactlyInAnyOrderElementsOf(left);
		assertThat(this.fixture.listener.created.stream()
			.distinct()
			.mapToLong((it) -> it.snapshot().calls().failed())
			.sum()).isEqualTo(failed.get());
	}

	/** Each move starts where the one before ended. */
	private void assertMovesFit() {
		BreakerState state = BreakerState.CLOSED;
		for (StateChange change : this.fixture.listener.changes) {
			assertThat(change.from()).isEqualTo(state);
			state = change.to();
		}
	}

	private static void tryCall(TargetGate gate, CallOutcome outcome, AtomicInteger rejected) {
		try {
			gate.acquire(null).complete(outcome);
		}
		catch (LlmCallRejectedException ex) {
			rejected.incrementAndGet();
		}
	}

	private void inThreads(int threads, IntConsumer work) {
		CyclicBarrier start = new CyclicBarrier(threads);
		List<Future<?>> futures = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			int thread = i;
			futures.add(this.executor.submit(() -> {
				await(start);
				work.accept(thread);
			}));
		}
		futures.forEach(BreakerConcurrencyTests::join);
	}

	private static void join(Future<?> future) {
		try {
			future.get(50, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw new AssertionError(ex.getCause());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
