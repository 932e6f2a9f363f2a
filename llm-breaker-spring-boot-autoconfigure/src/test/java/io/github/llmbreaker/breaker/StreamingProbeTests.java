// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.CANCELLED;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the moment at which a probe that streams has its vote.
 */
class StreamingProbeTests {

	private static final CallOutcome CUT = failure(OutcomeKind.STREAM_ERROR);

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1).threshold(2));

	@Test
	void probeVotesAtItsFirstContent() {
		this.fixture.halfOpen();
		CallPermit probe = this.fixture.start();
		probe.contentStarted();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.totals().succeeded()).as("counted at its end").isZero();
		probe.complete(SUCCESS);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(1, 2, 0, 0, 0));
		assertThat(this.fixture.breaker().snapshot().window().calls()).as("had its vote before").isZero();
	}

	@Test
	void headOfAnAnswerSaysNothingAboutTheModel() {
		this.fixture.halfOpen();
		CallPermit probe = this.fixture.start();
		probe.answered();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		probe.complete(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void probeCutAfterItsVoteIsANormalFailureOnTheThenClosedBreaker() {
		this.fixture.halfOpen();
		CallPermit probe = this.fixture.start();
		probe.contentStarted();
		probe.complete(CUT);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 3, 0, 0, 0));
		assertThat(this.fixture.failuresInWindow()).isEqualTo(1);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void probeCutAfterItsVoteOpensAgainWhileOthersProbe() {
		BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(2)).halfOpen();
		CallPermit probe = fixture.start();
		probe.contentStarted();
		assertThat(fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		probe.complete(CUT);
		assertThat(fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void probeCutAfterItsVoteIsLateOnceTheBreakerMovedOnAgain() {
		this.fixture.halfOpen();
		CallPermit probe = this.fixture.start();
		probe.contentStarted();
		this.fixture.breaker().reset();
		probe.complete(CUT);
		assertThat(this.fixture.totals().late()).isEqualTo(1);
		assertThat(this.fixture.failuresInWindow()).isZero();
	}

	@Test
	void probeCancelledAfterItsVoteIsNeutralAndKeepsItsVote() {
		BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(2)).halfOpen();
		CallPermit probe = fixture.start();
		probe.contentStarted();
		probe.complete(CANCELLED);
		fixture.call(SUCCESS);
		assertThat(fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(1, 5, 1, 0, 0));
	}

	@Test
	void contentVotesOnce() {
		BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(2)).halfOpen();
		CallPermit probe = fixture.start();
		probe.contentStarted();
		probe.contentStarted();
		probe.complete(SUCCESS);
		assertThat(fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void afterACutStreamAProbeVotesAtItsEndOnly() {
		this.fixture.calls(2, CUT).time.advanceSeconds(30);
		CallPermit probe = this.fixture.start();
		probe.contentStarted();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		probe.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void afterATimeoutInsideAStreamAProbeVotesAtItsEndOnly(boolean inStream) {
		for (int i = 0; i < 2; i++) {
			CallPermit permit = this.fixture.start();
			if (inStream) {
				permit.contentStarted();
			}
			permit.complete(failure(OutcomeKind.TIMEOUT));
		}
		this.fixture.time.advanceSeconds(30);
		this.fixture.start().contentStarted();
		assertThat(this.fixture.state()).isEqualTo(inStream ? BreakerState.HALF_OPEN : BreakerState.CLOSED);
	}

	@Test
	void providerVotesAtTheHeadOfAGoodAnswerOrAtTheFirstContent() {
		this.fixture.calls(3, AUTH).time.advanceSeconds(30);
		this.fixture.start().answered();
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.calls(3, AUTH).time.advanceSeconds(30);
		this.fixture.start().contentStarted();
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void providerVotesAtTheFirstContentAlsoAfterACutStream() {
		CallOutcome cut = new CallOutcome(OutcomeKind.STREAM_ERROR, OutcomeScope.PROVIDER, true, null, null);
		this.fixture.calls(3, cut).time.advanceSeconds(30);
		this.fixture.start().contentStarted();
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void errorInTheBodyOfAGoodAnswerDoesNotResetTheProvidersStreakFirst() {
		for (int i = 0; i < 3; i++) {
			CallPermit permit = this.fixture.start();
			permit.answered();
			permit.complete(AUTH);
		}
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.OPEN);
	}

}
