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

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls that go well, but slowly: against what is usual for the breaker.
 */
class SlowCallTests {

	private BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().slowFactor(5, 50));

	@Test
	void callsThatTakeManyTimesTheUsualOpen() {
		calls(40, Duration.ofSeconds(1));
		calls(19, Duration.ofSeconds(6));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.TIMEOUT);
	}

	@Test
	void nothingIsSlowBeforeTwentyCallsAreKnown() {
		calls(19, Duration.ofSeconds(1));
		calls(1, Duration.ofSeconds(100));
		assertThat(this.fixture.breaker().snapshot().window().slowCallRate()).isZero();
	}

	@Test
	void whatIsAlwaysSlowIsUsual() {
		calls(200, Duration.ofSeconds(30));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.breaker().snapshot().window().slowCallRate()).isZero();
	}

	@Test
	void fewSlowCallsDoNotOpen() {
		for (int i = 0; i < 60; i++) {
			calls(3, Duration.ofSeconds(1));
			calls(1, Duration.ofSeconds(8));
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void streamsAreComparedByTheirFirstContent() {
		for (int i = 0; i < 40; i++) {
			stream(Duration.ofMillis(600), Duration.ofSeconds((i % 2 == 0) ? 4 : 60));
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		int streams = 0;
		while (this.fixture.state() == BreakerState.CLOSED && streams < 20) {
			stream(Duration.ofSeconds(12), Duration.ofSeconds(13));
			streams++;
		}
		assertThat(streams).isLessThan(20);
		assertThat(this.fixture.breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.TIMEOUT);
	}

	@Test
	void manySlowStreamsAtATimeOpenAtTheirFirstContents() {
		RandomTraffic traffic = new RandomTraffic(TestPolicies.model().evidence().slowFactor(5, 100), 50, 5);
		traffic.contentSeconds = (at) -> (at < 60) ? 0.6 : 12;
		traffic.run(60);
		assertThat(traffic.rejected).isZero();
		assertThat(traffic.run(15).rejected).isPositive();
		assertThat(traffic.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void slowCallsThatWereUnderWayWhenSlowOnesOpenedDoNotTeachWhatIsUsual() {
		this.fixture = BreakerFixture.with(TestPolicies.model().evidence().slowFactor(5, 100));
		for (int i = 0; i < 30; i++) {
			stream(Duration.ofMillis(600), Duration.ofSeconds(4));
		}
		this.fixture.time.advanceSeconds(60);
		List<CallPermit> slow = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			slow.add(this.fixture.start());
		}
		this.fixture.time.advanceSeconds(12);
		slow.forEach(CallPermit::contentStarted);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advance(this.fixture.breaker().remainingCooldown());
		stream(Duration.ofSeconds(12), Duration.ofSeconds(13));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void slowProbeDoesNotCloseWhatSlowCallsOpened() {
		calls(40, Duration.ofSeconds(1));
		calls(19, Duration.ofSeconds(6));
		this.fixture.time.advanceSeconds(30);
		calls(1, Duration.ofSeconds(6));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advanceSeconds(30);
		calls(3, Duration.ofSeconds(1));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void slowStreamDoesNotCloseWhatSlowStreamsOpened() {
		for (int i = 0; i < 30; i++) {
			stream(Duration.ofMillis(600), Duration.ofSeconds(4));
		}
		while (this.fixture.state() == BreakerState.CLOSED) {
			stream(Duration.ofSeconds(12), Duration.ofSeconds(13));
		}
		this.fixture.time.advanceSeconds(30);
		stream(Duration.ofSeconds(12), Duration.ofSeconds(13));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advanceSeconds(30);
		for (int i = 0; i < 3; i++) {
			CallPermit permit = this.fixture.start();
			this.fixture.time.advance(Duration.ofMillis(600));
			permit.contentStarted();
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void streamThatProbesWhatASetDurationOpenedVotesAtItsEnd() {
		this.fixture = BreakerFixture.with(TestPolicies.model().slow(Duration.ofSeconds(10), 50).halfOpenCalls(1));
		calls(5, Duration.ofSeconds(11));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advanceSeconds(30);
		stream(Duration.ofSeconds(1), Duration.ofSeconds(11));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		this.fixture.time.advanceSeconds(30);
		stream(Duration.ofSeconds(1), Duration.ofSeconds(4));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callsThatRunLongerThanASlowOneAreSlow() {
		this.fixture = BreakerFixture.with(TestPolicies.model().slow(Duration.ofSeconds(10), 100));
		for (int i = 0; i < 30; i++) {
			this.fixture.start();
		}
		CallPermit[] ending = new CallPermit[5];
		for (int i = 0; i < 5; i++) {
			ending[i] = this.fixture.start();
		}
		this.fixture.time.advanceSeconds(11);
		for (CallPermit permit : ending) {
			permit.complete(SUCCESS);
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void slowProbeClosesWhatFailuresOpened() {
		calls(40, Duration.ofSeconds(1));
		this.fixture.time.advanceSeconds(100);
		this.fixture.calls(5, FAILURE);
		this.fixture.time.advanceSeconds(30);
		calls(3, Duration.ofSeconds(60));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	private void calls(int times, Duration duration) {
		for (int i = 0; i < times && this.fixture.state() != BreakerState.OPEN; i++) {
			end(this.fixture.start(), duration, SUCCESS);
		}
	}

	private void stream(Duration content, Duration end) {
		CallPermit permit = this.fixture.start();
		this.fixture.time.advance(content);
		permit.contentStarted();
		end(permit, end.minus(content), SUCCESS);
	}

	private void end(CallPermit permit, Duration duration, CallOutcome outcome) {
		this.fixture.time.advance(duration);
		permit.complete(outcome);
	}

}
