// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for breakers that share their state with those of another instance.
 */
@Timeout(30)
class BreakerSyncTests {

	private final VirtualTime time = new VirtualTime();

	private final MemorySync sync = new MemorySync(this.time);

	private final RecordingListener toldToB = new RecordingListener();

	private final BreakerPolicy policy = TestPolicies.model().halfOpenCalls(1).get();

	private final BreakerRegistry registryA = this.sync.join(this.policy);

	private final BreakerRegistry registryB = this.sync.join(this.policy, this.toldToB);

	private final TargetGate gateA = this.registryA.gate(TARGET);

	private final TargetGate gateB = this.registryB.gate(TARGET);

	private final Breaker a = breaker(this.registryA);

	private final Breaker b = breaker(this.registryB);

	@Test
	void openingHereOpensThereForTheSameReasonAndTime() {
		this.time.advanceSeconds(1);
		open(this.gateA);
		assertThat(this.b.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.b.remainingCooldown()).isEqualTo(this.a.remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
		assertThat(this.b.snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
		assertThat(this.toldToB.changes).containsExactly(new StateChange(BreakerState.CLOSED, BreakerState.OPEN,
				OutcomeKind.OVERLOADED, 529, 0, Duration.ofSeconds(30), null, VirtualTime.START.plusSeconds(1), true));
		LlmCallRejectedException rejection = rejected(this.gateB);
		assertThat(rejection.getReason()).isEqualTo(OutcomeKind.OVERLOADED);
		assertThat(rejection.getRetryAfter()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void whatComesInDoesNotGoOutAgain() {
		open(this.gateA);
		this.a.close();
		assertThat(this.sync.told).extracting(SharedState::state)
			.containsExactly(BreakerState.OPEN, BreakerState.CLOSED);
	}

	@Test
	void longerCooldownTravels() {
		CallPermit inFlight = this.gateA.acquire(null);
		open(this.gateA);
		inFlight.complete(BreakerFixture.hinting(Duration.ofMinutes(2)));
		assertThat(this.a.remainingCooldown()).isEqualTo(Duration.ofMinutes(2));
		assertThat(this.b.remainingCooldown()).isEqualTo(Duration.ofMinutes(2));
		assertThat(this.b.events()).last()
			.extracting(BreakerEvent::type)
			.isEqualTo(BreakerEvent.Type.COOLDOWN_EXTENDED);
		assertThat(this.toldToB.moves).hasSize(1);
	}

	@Test
	void longestTimeToStayOpenWins() {
		open(this.gateA);
		this.b.adopt(opened(Duration.ofSeconds(10), OutcomeKind.TIMEOUT));
		assertThat(this.b.remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
		assertThat(this.b.snapshot().openedBy()).isEqualTo(OutcomeKind.OVERLOADED);
		this.b.adopt(opened(Duration.ofSeconds(60), OutcomeKind.TIMEOUT));
		assertThat(this.b.remainingCooldown()).isEqualTo(Duration.ofSeconds(60));
		this.b.adopt(opened(Duration.ofDays(1), OutcomeKind.TIMEOUT));
		assertThat(this.b.remainingCooldown()).isEqualTo(this.policy.cooldown().max());
		assertThat(this.a.remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void closingHereClosesThere() {
		open(this.gateA);
		this.time.advanceSeconds(30);
		this.gateA.acquire(null).complete(SUCCESS);
		assertThat(this.a.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.b.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.toldToB.changes).last().extracting(StateChange::outage).isEqualTo(Duration.ofSeconds(30));
		this.gateB.acquire(null).complete(SUCCESS);
	}

	@Test
	void forceAndResetTravel() {
		this.a.forceOpen(Duration.ofMinutes(10));
		assertThat(this.b.state()).isEqualTo(BreakerState.FORCED_OPEN);
		assertThat(this.b.remainingCooldown()).isEqualTo(Duration.ofMinutes(10));
		this.b.forceOpen(null);
		assertThat(this.a.remainingCooldown()).isZero();
		this.time.advance(Duration.ofMinutes(11));
		assertThat(this.a.state()).isEqualTo(BreakerState.FORCED_OPEN);
		this.b.disable();
		assertThat(this.a.state()).isEqualTo(BreakerState.DISABLED);
		this.a.reset();
		assertThat(this.b.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void resetOfClosedBreakerEmptiesTheWindowThere() {
		for (int i = 0; i < 4; i++) {
			this.gateB.acquire(null).complete(FAILURE);
		}
		this.a.reset();
		assertThat(this.b.snapshot().window().failures()).isZero();
		this.gateB.acquire(null).complete(FAILURE);
		assertThat(this.b.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void openingDoesNotReplaceWhatWasSetByHand() {
		this.b.adopt(new SharedState(BreakerState.FORCED_OPEN, null, null, null, false, 0));
		this.b.adopt(opened(Duration.ofSeconds(10), OutcomeKind.TIMEOUT));
		assertThat(this.b.state()).isEqualTo(BreakerState.FORCED_OPEN);
		this.b.adopt(new SharedState(BreakerState.DISABLED, null, null, null, false, 0));
		this.b.adopt(opened(Duration.ofSeconds(10), OutcomeKind.TIMEOUT));
		assertThat(this.b.state()).isEqualTo(BreakerState.DISABLED);
	}

	@Test
	void onlyOneInstanceProbes() {
		open(this.gateA);
		this.time.advanceSeconds(30);
		assertThat(this.b.state()).isEqualTo(BreakerState.HALF_OPEN);
		CallPermit probe = this.gateA.acquire(null);
		LlmCallRejectedException rejection = rejected(this.gateB);
		assertThat(rejection.getState()).isEqualTo(BreakerState.OPEN);
		assertThat(rejection.getRetryAfter()).isEqualTo(MemorySync.LEASE);
		assertThat(this.b.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.gateB.isCallable()).isFalse();
		probe.complete(SUCCESS);
		assertThat(this.b.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.toldToB.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN", "openai:gpt-4.1 OPEN CLOSED");
	}

	@Test
	void failedProbeKeepsTheOthersOpen() {
		open(this.gateA);
		this.time.advanceSeconds(30);
		this.gateA.acquire(null).complete(BreakerFixture.failure(OutcomeKind.SERVER_ERROR));
		assertThat(this.b.remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
		assertThat(this.b.snapshot().openedBy()).isEqualTo(OutcomeKind.SERVER_ERROR);
	}

	@Test
	void whoeverWaitsProbesWhenTheProberIsGone() {
		open(this.gateA);
		this.time.advanceSeconds(30);
		this.gateA.acquire(null);
		rejected(this.gateB);
		this.time.advance(MemorySync.LEASE);
		this.gateB.acquire(null).complete(SUCCESS);
		assertThat(this.a.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.b.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void halfOpenByHandAsksBeforeEachProbe() {
		open(this.gateA);
		this.time.advanceSeconds(30);
		this.gateA.acquire(null);
		this.b.halfOpen();
		assertThat(rejected(this.gateB).getState()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void whoOnlyLooksLeavesTheProbeToCalls() {
		open(this.gateA);
		this.time.advanceSeconds(30);
		assertThat(this.b.snapshot().state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(this.gateB.isCallable()).isTrue();
		assertThat(this.toldToB.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN");
		this.gateA.acquire(null).complete(SUCCESS);
		assertThat(this.b.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callsOfAnEarlierPeriodAreLateThereToo() {
		CallPermit early = this.gateB.acquire(null);
		open(this.gateA);
		early.complete(FAILURE);
		assertThat(this.b.snapshot().calls().late()).isOne();
		assertThat(this.b.snapshot().calls().failed()).isZero();
	}

	@Test
	void cooldownGrowsWhoeverProbes() {
		BreakerPolicy growing = TestPolicies.model()
			.halfOpenCalls(1)
			.cooldown((it) -> new CooldownPolicy(Duration.ofSeconds(10), 2, 0, Duration.ofMinutes(5), true))
			.get();
		MemorySync fleet = new MemorySync(this.time);
		TargetGate first = fleet.join(growing).gate(TARGET);
		TargetGate second = fleet.join(growing).gate(TARGET);
		open(first);
		this.time.advanceSeconds(10);
		first.acquire(null).complete(FAILURE);
		this.time.advanceSeconds(20);
		second.acquire(null).complete(FAILURE);
		Breaker breaker = first.modelBreaker();
		assertThat(breaker).isNotNull();
		assertThat(breaker.remainingCooldown()).isEqualTo(Duration.ofSeconds(40));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void syncThatThrowsBreaksNothingAndIsReportedOnce(CapturedOutput output) {
		BreakerRegistry alone = registry(new ThrowingSync());
		TargetGate gate = alone.gate(TARGET);
		open(gate);
		rejected(gate);
		this.time.advanceSeconds(30);
		gate.acquire(null).complete(SUCCESS);
		assertThat(breaker(alone).state()).isEqualTo(BreakerState.CLOSED);
		assertThat(output.getAll().split("Breaker sync", -1)).hasSize(2);
		assertThat(output).contains(ThrowingSync.class.getName());
	}

	@Test
	void syncThatBlocksDoesNotHoldUpOtherCalls() throws InterruptedException {
		BlockingSync blocking = new BlockingSync(new CountDownLatch(1), new CountDownLatch(1));
		BreakerRegistry alone = registry(blocking);
		TargetGate gate = alone.gate(TARGET);
		Thread thread = new Thread(() -> open(gate), "blocked");
		thread.start();
		assertThat(blocking.blocked().await(10, TimeUnit.SECONDS)).isTrue();
		rejected(gate);
		breaker(alone).close();
		gate.acquire(null).complete(SUCCESS);
		assertThat(breaker(alone).state()).isEqualTo(BreakerState.CLOSED);
		blocking.release().countDown();
		thread.join();
	}

	@Test
	void openStateSaysHowLong() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SharedState(BreakerState.OPEN, null, null, null, false, 0));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SharedState(BreakerState.OPEN, Duration.ofSeconds(-1), null, null, false, 0));
	}

	private BreakerRegistry registry(BreakerSync other) {
		return new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 10,
				TestPolicies.of(this.policy, TestPolicies.provider().get()), Set.of("chat.completions")::contains,
				List.of(), List.of(), this.time, this.time), other);
	}

	private static SharedState opened(Duration remaining, OutcomeKind kind) {
		return new SharedState(BreakerState.OPEN, remaining, kind, null, false, 0);
	}

	private static void open(TargetGate gate) {
		for (int i = 0; i < 5; i++) {
			gate.acquire(null).complete(FAILURE);
		}
	}

	private static LlmCallRejectedException rejected(TargetGate gate) {
		return assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> gate.acquire(null)).actual();
	}

	private static Breaker breaker(BreakerRegistry registry) {
		return registry.find("openai:gpt-4.1").orElseThrow();
	}

	private static final class ThrowingSync implements BreakerSync {

		@Override
		public void changed(BreakerView breaker, SharedState state) {
			throw new AssertionError("changed");
		}

		@Override
		public Duration probeDelay(BreakerView breaker) {
			throw new IllegalStateException("asked");
		}

	}

	private record BlockingSync(CountDownLatch blocked, CountDownLatch release) implements BreakerSync {

		@Override
		public void changed(BreakerView breaker, SharedState state) {
			this.blocked.countDown();
			try {
				this.release.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
