// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.hinting;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what speaks against a dead model: calls that show life, and calls that began
 * together with those that failed.
 */
class ProofOfLifeTests {

	private static final Duration FAILING = Duration.ofMillis(300);

	private BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().consecutive());

	@Test
	void firstContentOfAStreamThatBeganWithTheFailuresEndsTheirRow() {
		failures(2);
		CallPermit stream = this.fixture.start();
		failures(2);
		stream.contentStarted();
		failures(4);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		failures(1);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void streamThatFailsAfterItsFirstContentTakesItsProofBack() {
		failures(2);
		CallPermit stream = this.fixture.start();
		failures(1);
		stream.contentStarted();
		stream.complete(FAILURE);
		failures(1);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void answerOfACallThatBeganBeforeTheFailuresDoesNotEndTheirRow() {
		CallPermit before = this.fixture.start();
		this.fixture.time.advanceSeconds(10);
		failures(4);
		before.complete(SUCCESS);
		failures(1);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void callThatRunsThreeTimesAsLongAsFailuresTakeEndsTheirRow() {
		failures(1);
		CallPermit running = this.fixture.start();
		failures(4);
		assertThat(this.fixture.state()).as("1.2 s after it began").isEqualTo(BreakerState.CLOSED);
		failures(1);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		running.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callThatHasNotRunLongerThanFailuresTakeProvesNothing() {
		failures(4);
		CallPermit fifth = this.fixture.start();
		this.fixture.time.advance(Duration.ofMillis(50));
		CallPermit young = this.fixture.start();
		this.fixture.time.advance(Duration.ofMillis(250));
		fifth.complete(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		young.complete(SUCCESS);
	}

	@Test
	void failuresAreMeasuredAgainstTheCallsThatBeganWithThemNotAgainstTheWholeWindow() {
		this.fixture = BreakerFixture.with(TestPolicies.model());
		for (int i = 0; i < 80; i++) {
			this.fixture.call(SUCCESS);
			this.fixture.time.advance(Duration.ofMillis(500));
		}
		int failures = 0;
		while (this.fixture.state() == BreakerState.CLOSED) {
			failures(1);
			failures++;
		}
		assertThat(failures).isBetween(5, 20);
	}

	@Test
	void callsFromBeforeTheWindowAreNotAmongThem() {
		assertThat(stateAfterFiveFailuresOfNine(Duration.ofSeconds(10))).isEqualTo(BreakerState.OPEN);
		assertThat(stateAfterFiveFailuresOfNine(Duration.ofMinutes(1))).isEqualTo(BreakerState.CLOSED);
	}

	private static BreakerState stateAfterFiveFailuresOfNine(Duration window) {
		BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().window(window));
		fixture.calls(3, SUCCESS).time.advanceSeconds(11);
		fixture.calls(4, SUCCESS);
		fixture.time.advance(Duration.ofMillis(60));
		return fixture.calls(5, FAILURE).state();
	}

	@Test
	void goodPastDoesNotMakeUpForADeadPresent() {
		evidence(500);
		int failures = failuresUntilOpen(FAILURE);
		evidence(2000);
		assertThat(failuresUntilOpen(FAILURE)).isBetween(failures - 1, failures + 1);
	}

	@Test
	void failureThatNamesAWaitWeighsMore() {
		evidence(500);
		int failures = failuresUntilOpen(FAILURE);
		evidence(500);
		assertThat(failuresUntilOpen(hinting(Duration.ofSeconds(20)))).isLessThan(failures);
	}

	@Test
	void evidenceNeedsTheLeastNumberOfFailuresSinceTheLastProofOfLife() {
		this.fixture = BreakerFixture.with(TestPolicies.model().evidence().threshold(12));
		failures(11);
		this.fixture.call(SUCCESS);
		failures(11);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		failures(1);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void usualShareOfFailuresIsBetweenOneAndThirtyPercent() {
		Habits habits = new Habits(0);
		long now = 0;
		for (int failure = 1; failure <= 1000; failure++) {
			now += FAILING.toNanos();
			habits.failed(FAILING.toNanos(), 2L * failure, now);
			habits.learn();
		}
		assertThat(habits.share()).isEqualTo(0.3);
		habits.failed(FAILING.toNanos(), 1_000_000, now);
		habits.learn();
		assertThat(habits.share()).isBetween(0.01, 0.02);
	}

	@Test
	void breakerWithAWindowOpensByTheLetterUntilItKnowsWhatIsUsual() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(3));
		this.fixture.calls(3, SUCCESS).calls(3, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void threeFailuresOfSixAreChanceForAModelWithManyCallsADay() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(3));
		calls(2000, Duration.ofSeconds(10), SUCCESS);
		calls(1, Duration.ofSeconds(10), FAILURE);
		calls(2, Duration.ofSeconds(10), SUCCESS);
		calls(2, Duration.ofSeconds(10), FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(failuresUntilOpen(FAILURE)).isLessThanOrEqualTo(4);
	}

	private void failures(int times) {
		calls(times, FAILING, FAILURE);
	}

	/** Calls one after the other, each as long as given. */
	private void calls(int times, Duration duration, CallOutcome outcome) {
		for (int i = 0; i < times; i++) {
			CallPermit permit = this.fixture.start();
			this.fixture.time.advance(duration);
			permit.complete(outcome);
		}
	}

	/** A breaker that knows a model as sound. */
	private void evidence(int calls) {
		this.fixture = BreakerFixture.with(TestPolicies.model().evidence());
		calls(calls, Duration.ofSeconds(1), SUCCESS);
		calls(1, FAILING, FAILURE);
		calls(1, Duration.ofSeconds(1), SUCCESS);
	}

	private int failuresUntilOpen(CallOutcome outcome) {
		int failures = 0;
		while (this.fixture.state() == BreakerState.CLOSED) {
			calls(1, FAILING, outcome);
			failures++;
		}
		return failures;
	}

}
