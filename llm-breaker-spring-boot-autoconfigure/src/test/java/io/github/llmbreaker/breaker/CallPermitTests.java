// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.CANCELLED;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SIBLING;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for one permit with one ending, at a pair of breakers.
 */
class CallPermitTests {

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1));

	@Test
	@DisplayName("Admission returns what is to be completed")
	void completes() {
		CallPermit permit = this.fixture.start();
		assertThat(permit.isCompleted()).isFalse();
		this.fixture.time.advance(Duration.ofMillis(1500));
		assertThat(permit.elapsedNanos()).isEqualTo(1_500_000_000L);
		assertThat(permit.complete(SUCCESS)).isSameAs(SUCCESS);
		assertThat(permit.isCompleted()).isTrue();
		assertThat(permit.gate()).isSameAs(this.fixture.gate());
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 SUCCESS");
	}

	@Test
	void secondCompletionIsIgnoredAndAnswersTheFirstOutcome() {
		CallPermit permit = this.fixture.start();
		permit.complete(FAILURE);
		assertThat(permit.complete(SUCCESS)).isSameAs(FAILURE);
		assertThat(permit.complete(CANCELLED)).isSameAs(FAILURE);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
		assertThat(this.fixture.listener.completed).containsExactly("gpt-4.1 OVERLOADED");
	}

	@Test
	void secondCompletionOfAProbeFreesNoSecondPlace() {
		this.fixture.halfOpen();
		CallPermit probe = this.fixture.start();
		probe.complete(CANCELLED);
		probe.complete(CANCELLED);
		this.fixture.start();
		assertThat(this.fixture.rejected().getState()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void successCountsOnBothBreakers() {
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.totals().succeeded()).isEqualTo(1);
		assertThat(this.fixture.providerBreaker().snapshot().calls().succeeded()).isEqualTo(1);
	}

	@Test
	void failureCountsOnTheBreakerOfItsScopeAndIsNeutralOnTheOther() {
		this.fixture.call(FAILURE);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
		assertThat(this.fixture.providerBreaker().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 0, 1, 0, 0));
		this.fixture.call(AUTH);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 1, 0, 0));
		assertThat(this.fixture.providerBreaker().snapshot().calls())
			.isEqualTo(new BreakerSnapshot.Calls(0, 1, 1, 0, 0));
	}

	@Test
	void modelFailureDoesNotResetTheStreakOfTheProvider() {
		this.fixture.calls(2, AUTH).call(FAILURE);
		this.fixture.call(AUTH);
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void openProviderBreakerRejectsAllModelsInTheNameOfTheCallsOwnTarget() {
		this.fixture.calls(3, AUTH);
		assertThat(this.fixture.rejected(SIBLING)).satisfies((rejection) -> {
			assertThat(rejection.getTarget()).isEqualTo(SIBLING);
			assertThat(rejection.getReason()).isEqualTo(OutcomeKind.AUTH);
			assertThat(rejection).hasMessage("Circuit breaker 'openai' is open after AUTH, retry in 30.0s");
		});
		assertThat(this.fixture.listener.rejections).containsExactly("openai OPEN");
		assertThat(this.fixture.registry().find("openai:gpt-4.1-mini").orElseThrow().snapshot().calls().rejected())
			.isZero();
	}

	@Test
	void deniedSecondPermitGivesTheFirstBack() {
		this.fixture.open();
		this.fixture.registry().gate(SIBLING);
		for (int i = 0; i < 3; i++) {
			this.fixture.registry().gate(SIBLING).acquire(null).complete(AUTH);
		}
		this.fixture.breaker().forceOpen(null);
		this.fixture.time.advanceSeconds(30);
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(this.fixture.rejected().getState()).isEqualTo(BreakerState.FORCED_OPEN);
		CallPermit probe = this.fixture.registry().gate(SIBLING).acquire(null);
		probe.complete(SUCCESS);
		assertThat(this.fixture.providerBreaker().state()).as("the only place was free").isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callsThatRunNoModelMeetTheProviderBreakerOnly() {
		LlmTarget files = new LlmTarget("openai", "unknown", null);
		TargetGate gate = this.fixture.registry().gate(files);
		assertThat(gate.modelBreaker()).isNull();
		assertThat(gate.acquire(null).complete(FAILURE).countsAsFailure()).isTrue();
		gate.acquire(null).complete(SUCCESS);
		assertThat(this.fixture.registry().all()).extracting(Breaker::name).containsExactly("openai");
		assertThat(gate.providerBreaker().snapshot().calls()).isEqualTo(new BreakerSnapshot.Calls(1, 0, 1, 0, 0));
	}

	@Test
	void isCallableTellsWithoutTakingAPlace() {
		assertThat(this.fixture.gate().isCallable()).isTrue();
		this.fixture.open();
		assertThat(this.fixture.gate().isCallable()).isFalse();
		this.fixture.time.advanceSeconds(30);
		assertThat(this.fixture.gate().isCallable()).isTrue();
		assertThat(this.fixture.gate().isCallable()).isTrue();
		CallPermit probe = this.fixture.start();
		assertThat(this.fixture.gate().isCallable()).isFalse();
		probe.complete(NEUTRAL);
		assertThat(this.fixture.gate().isCallable()).isTrue();
		assertThat(this.fixture.totals().rejected()).isZero();
	}

	@Test
	void isCallableSeesHungProbes() {
		this.fixture.halfOpen().start();
		this.fixture.time.advance(Duration.ofMinutes(2));
		assertThat(this.fixture.gate().isCallable()).isTrue();
	}

	@Test
	void durationIsFromAdmissionToEnd() {
		long[] nanos = new long[1];
		this.fixture.listeners.add(new BreakerListener() {

			@Override
			public void onCompleted(GateView gate, CallOutcome outcome, long duration) {
				nanos[0] = duration;
			}

		});
		CallPermit permit = this.fixture.start();
		this.fixture.time.advanceSeconds(7);
		permit.complete(SUCCESS);
		assertThat(Duration.ofNanos(nanos[0])).isEqualTo(Duration.ofSeconds(7));
	}

}
