// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.llmbreaker.breaker.BreakerFixture.CANCELLED;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of probes by the preset adaptive: what one proves that goes on for longer than
 * the failures of this outage took.
 */
class AdaptiveProbeTests {

	private static final Duration QUICK = Duration.ofMillis(400);

	/** Half as long again as failures took. */
	private static final Duration LIFE = Duration.ofMillis(600);

	private static final CallOutcome TIMEOUT = BreakerFixture.failure(OutcomeKind.TIMEOUT);

	private BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().evidence().adaptive());

	@Test
	void closesOnceOneProbeIsAnsweredAndTheOthersHaveOutlivedTheFailures() {
		halfOpen(QUICK, FAILURE);
		List<CallPermit> probes = probes(3);
		this.fixture.time.advance(LIFE);
		probes.get(1).complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void closesWithTheNextCallOnceTheOthersHaveOutlivedTheFailures() {
		halfOpen(QUICK, FAILURE);
		List<CallPermit> probes = probes(3);
		this.fixture.time.advance(LIFE.minusNanos(1));
		probes.get(0).contentStarted();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.rejected();
		this.fixture.time.advance(Duration.ofNanos(1));
		this.fixture.start();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void fewerProbesThanAskedForDoNotClose() {
		halfOpen(QUICK, FAILURE);
		List<CallPermit> probes = probes(2);
		this.fixture.time.advance(LIFE);
		probes.get(0).complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void withoutAnAnswerProbesThatGoOnMakeRoomForAsManyOthersAndNoMore() {
		halfOpen(QUICK, FAILURE);
		probes(3);
		this.fixture.time.advance(LIFE.minusNanos(1));
		this.fixture.rejected();
		assertThat(this.fixture.gate().isCallable()).isFalse();
		this.fixture.time.advance(Duration.ofNanos(1));
		assertThat(this.fixture.gate().isCallable()).isTrue();
		probes(3);
		this.fixture.rejected();
		this.fixture.time.advanceSeconds(30);
		this.fixture.rejected();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void failureOpensAgainHoweverManyGoOn() {
		halfOpen(QUICK, FAILURE);
		probes(3);
		this.fixture.time.advance(LIFE);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.breaker().remainingCooldown()).as("there is life").isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void probeThatFailsLateIsWhatTheNextOnesMustOutlive() {
		halfOpen(QUICK, FAILURE);
		List<CallPermit> hanging = probes(3);
		this.fixture.time.advanceSeconds(10);
		hanging.get(0).complete(TIMEOUT);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advance(this.fixture.breaker().remainingCooldown());
		List<CallPermit> probes = probes(3);
		this.fixture.time.advance(Duration.ofMillis(14_999));
		probes.get(0).complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.time.advance(Duration.ofMillis(1));
		this.fixture.start();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void whereCallsHangUntilALimitOneThatHangsProvesNothing() {
		halfOpen(Duration.ofSeconds(30), TIMEOUT);
		List<CallPermit> probes = probes(3);
		this.fixture.time.advance(Duration.ofMillis(29_900));
		probes.get(0).complete(SUCCESS);
		this.fixture.rejected();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		probes.get(1).complete(TIMEOUT);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void survivorThatFailsAfterTheBreakerHasClosedCountsAsAnyCallDoes() {
		halfOpen(QUICK, FAILURE);
		List<CallPermit> probes = probes(3);
		this.fixture.time.advance(LIFE);
		probes.get(0).complete(SUCCESS);
		probes.get(1).complete(FAILURE);
		probes.get(2).complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(1);
		assertThat(this.fixture.totals()).as("late are two of those that opened it")
			.isEqualTo(new BreakerSnapshot.Calls(2, 4, 0, 0, 2));
	}

	@Test
	void cancelledProbeIsNoSurvivor() {
		halfOpen(QUICK, FAILURE);
		List<CallPermit> probes = probes(3);
		this.fixture.time.advance(LIFE);
		CallPermit fourth = this.fixture.start();
		probes.forEach((probe) -> probe.complete(CANCELLED));
		fourth.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.calls(2, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void survivorThatNeverEndsLosesItsVoteInTheEnd() {
		halfOpen(QUICK, FAILURE);
		List<CallPermit> hung = probes(3);
		this.fixture.time.advance(LIFE);
		hung = new ArrayList<>(hung);
		hung.addAll(probes(3));
		this.fixture.time.advance(Duration.ofMinutes(2));
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		hung.forEach((probe) -> probe.complete(FAILURE));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.calls(2, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@ParameterizedTest
	@EnumSource
	void whoAsksForNumbersGetsThem(Asked asked) {
		this.fixture = BreakerFixture.with(asked.policy);
		halfOpen(QUICK, FAILURE);
		List<CallPermit> probes = probes(3);
		this.fixture.time.advanceSeconds(60);
		probes.get(0).complete(SUCCESS);
		probes.get(1).complete(SUCCESS);
		this.fixture.rejected();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		probes.get(2).complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void whereStreamsWereCutOneThatGoesOnProvesNothing() {
		halfOpen(QUICK, BreakerFixture.failure(OutcomeKind.STREAM_ERROR));
		List<CallPermit> probes = probes(3);
		this.fixture.time.advanceSeconds(60);
		probes.get(0).complete(SUCCESS);
		this.fixture.rejected();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void whereMostStreamsBreakThatBeginTheNextOneMustEndThoughAnotherCallOpened() {
		halfOpenByBrokenStreams();
		probes(3).forEach(CallPermit::contentStarted);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void whereMostStreamsBreakAProbeThatOnlyHangsDoesNotLetContentProveAnythingAgain() {
		halfOpenByBrokenStreams();
		CallPermit hanging = this.fixture.start();
		this.fixture.time.advanceSeconds(30);
		hanging.complete(TIMEOUT);
		this.fixture.time.advance(this.fixture.breaker().remainingCooldown());
		probes(3).forEach(CallPermit::contentStarted);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void streamThatHasBegunAtOnceHoldsNobodyBackWhereStreamsRanIntoALimit() {
		halfOpenByBrokenStreams();
		CallPermit probe = this.fixture.start();
		this.fixture.time.advanceSeconds(1);
		probe.contentStarted();
		this.fixture.time.advanceSeconds(10);
		this.fixture.start();
	}

	@Test
	void streamThatHasBegunLateHoldsTheNextOneBack() {
		halfOpenByBrokenStreams();
		CallPermit probe = this.fixture.start();
		this.fixture.time.advanceSeconds(12);
		probe.contentStarted();
		this.fixture.rejected();
	}

	@Test
	void oneProberOfAFleetHasNoMoreProbesAtATimeThanAskedFor() {
		MemorySync sync = new MemorySync(this.fixture.time);
		TargetGate gate = sync.join(TestPolicies.model().evidence().adaptive().get()).gate(BreakerFixture.TARGET);
		List<CallPermit> calls = start(gate, 3);
		this.fixture.time.advance(QUICK);
		calls.forEach((call) -> call.complete(FAILURE));
		this.fixture.time.advanceSeconds(30);
		List<CallPermit> probes = start(gate, 3);
		this.fixture.time.advance(LIFE);
		assertThat(gate.isCallable()).isFalse();
		probes.get(0).complete(SUCCESS);
		assertThat(gate.isCallable()).isTrue();
		assertThat(sync.told).extracting(SharedState::state).endsWith(BreakerState.CLOSED);
	}

	private void halfOpen(Duration failing, CallOutcome failure) {
		List<CallPermit> calls = probes(5);
		this.fixture.time.advance(failing);
		calls.forEach((call) -> call.complete(failure));
		awaitHalfOpen();
	}

	/** Streams begin and run into a limit, and so does the last call, which is none. */
	private void halfOpenByBrokenStreams() {
		List<CallPermit> calls = probes(5);
		this.fixture.time.advanceSeconds(12);
		calls.subList(0, 4).forEach(CallPermit::contentStarted);
		this.fixture.time.advanceSeconds(18);
		calls.forEach((call) -> call.complete(TIMEOUT));
		awaitHalfOpen();
	}

	private void awaitHalfOpen() {
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advance(this.fixture.breaker().remainingCooldown());
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	private List<CallPermit> probes(int number) {
		return start(this.fixture.gate(), number);
	}

	private static List<CallPermit> start(TargetGate gate, int number) {
		List<CallPermit> permits = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			permits.add(gate.acquire(null));
		}
		return permits;
	}

	/**
	 * What somebody may have asked for.
	 */
	enum Asked {

		HALF_OPEN_CALLS(TestPolicies.model().evidence().adaptive().halfOpenCalls(3)),

		COOLDOWN(TestPolicies.model()
			.evidence()
			.adaptive()
			.cooldown((policy) -> policy.withStrategy(CooldownStrategy.FIXED, policy.min()))),

		THRESHOLD(TestPolicies.model().adaptive());

		private final TestPolicies.Draft policy;

		Asked(TestPolicies.Draft policy) {
			this.policy = policy;
		}

	}

}
