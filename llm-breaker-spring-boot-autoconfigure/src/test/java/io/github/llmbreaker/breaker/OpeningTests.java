// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Set;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.CANCELLED;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.failure;
import static io.github.llmbreaker.breaker.BreakerFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for what opens a closed breaker, and what does not.
 */
class OpeningTests {

	private BreakerFixture fixture = new BreakerFixture();

	@Test
	@DisplayName("Five failures of six, a success in between, six in a row")
	void consecutive() {
		use(TestPolicies.model().threshold(6).consecutive());
		this.fixture.calls(5, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(5);
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.failuresInWindow()).isZero();
		assertThat(this.fixture.totals().failed()).isEqualTo(5);
		this.fixture.calls(5, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	@DisplayName("Success keeps the count at zero, failure raises it, success resets it")
	void streak() {
		use(TestPolicies.model().consecutive());
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.failuresInWindow()).isZero();
		this.fixture.call(FAILURE);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(1);
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.failuresInWindow()).isZero();
	}

	@Test
	@DisplayName("The third failure opens, but its caller gets the original error, not ours")
	void original() {
		use(TestPolicies.model().threshold(3).consecutive());
		this.fixture.calls(2, FAILURE);
		assertThat(this.fixture.call(FAILURE)).isSameAs(FAILURE);
		assertThat(this.fixture.listener.changes.get(0).failures()).isEqualTo(3);
	}

	@Test
	@DisplayName("A rejection names the kind that opened, but does not hold on to the original exception")
	void rejectionHasNoCause() {
		this.fixture.open();
		assertThat(this.fixture.rejected()).hasNoCause().satisfies((rejection) -> {
			assertThat(rejection.getReason()).isEqualTo(OutcomeKind.OVERLOADED);
			assertThat(rejection.getStackTrace()).isEmpty();
		});
	}

	@Test
	@DisplayName("Opens at the threshold; the next call is blocked and counts nowhere")
	void threshold() {
		use(TestPolicies.model().threshold(3).consecutive());
		this.fixture.calls(3, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		BreakerSnapshot before = this.fixture.breaker().snapshot();
		for (int i = 0; i < 3; i++) {
			assertThat(this.fixture.rejected().getRetryAfter()).isPositive();
		}
		assertThat(this.fixture.breaker().snapshot()).usingRecursiveComparison()
			.ignoringFields("calls.rejected")
			.isEqualTo(before);
		assertThat(before.window().failures()).isEqualTo(3);
		assertThat(this.fixture.totals().rejected()).isEqualTo(3);
	}

	@Test
	@DisplayName("Five times success, failure, neutral: all totals, still closed")
	void mixed() {
		use(TestPolicies.model().threshold(3).rate(60));
		for (int i = 0; i < 5; i++) {
			this.fixture.calls(1, SUCCESS).calls(1, FAILURE).call(NEUTRAL);
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(5, 5, 5, 0, 0));
		assertThat(this.fixture.breaker().snapshot().window()).isEqualTo(new BreakerSnapshot.Window(10, 5, 50, 0));
	}

	@Test
	@DisplayName("The window slides, so failures age one by one and do not restart together")
	void sliding() {
		use(TestPolicies.model().window(Duration.ofSeconds(30)));
		this.fixture.calls(2, FAILURE).time.advanceSeconds(10);
		this.fixture.calls(2, FAILURE).call(SUCCESS);
		this.fixture.time.advance(Duration.ofSeconds(20).minusMillis(1));
		assertThat(this.fixture.failuresInWindow()).isEqualTo(4);
		this.fixture.time.advance(Duration.ofMillis(1));
		assertThat(this.fixture.failuresInWindow()).isEqualTo(2);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.time.advance(Duration.ofDays(1));
		assertThat(this.fixture.breaker().snapshot().window()).isEqualTo(new BreakerSnapshot.Window(0, 0, 0, 0));
	}

	@Test
	@DisplayName("Failure, success, failure passes a rate of 60 %")
	void rateReached() {
		use(TestPolicies.model().threshold(2).rate(60));
		this.fixture.calls(1, FAILURE).calls(1, SUCCESS).call(FAILURE);
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN");
	}

	@Test
	@DisplayName("Failures leave the window when it is over; time passes without traffic, too")
	void buckets() {
		use(TestPolicies.model().threshold(100).rate(100));
		for (int second = 0; second < 60; second++) {
			this.fixture.calls(1, FAILURE).call(SUCCESS);
			this.fixture.time.advanceSeconds(1);
		}
		assertThat(this.fixture.failuresInWindow()).isEqualTo(59);
		assertThat(this.fixture.breaker().snapshot().window().calls()).isCloseTo(118, within(1));
		this.fixture.time.advanceSeconds(20);
		this.fixture.call(NEUTRAL);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(39);
		assertThat(this.fixture.breaker().snapshot().window().calls()).isCloseTo(78, within(2));
	}

	@Test
	@DisplayName("Opens when the rate over the window passes 60 %: 14 of 23")
	void rateOverTheWindow() {
		use(TestPolicies.model().threshold(14).rate(60));
		this.fixture.calls(9, SUCCESS).calls(13, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("A result counts when it ends, as long as its breaker has not moved on")
	void countsAtItsEnd() {
		CallPermit permit = this.fixture.start();
		this.fixture.time.advance(Duration.ofMinutes(5));
		permit.complete(FAILURE);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(1);
	}

	@Test
	@DisplayName("Failures in a row are remembered for an hour, so that rare calls to a dead model open")
	void lowTraffic() {
		for (int i = 0; i < 5; i++) {
			assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
			this.fixture.call(FAILURE);
			this.fixture.time.advance(Duration.ofSeconds(20));
			this.fixture.time.advance((i < 4) ? Duration.ofMinutes(1) : Duration.ZERO);
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@ParameterizedTest
	@CsvSource({ "PT15M, OPEN", "PT15M0.001S, CLOSED" })
	void lowTrafficLooksBackOneHour(Duration between, BreakerState expected) {
		for (int i = 0; i < 4; i++) {
			this.fixture.call(FAILURE);
			this.fixture.time.advance(between);
		}
		this.fixture.call(FAILURE);
		assertThat(this.fixture.breaker().snapshot().state()).isEqualTo(expected);
	}

	@Test
	void lowTrafficNeedsFailuresOnly() {
		for (int i = 0; i < 20; i++) {
			this.fixture.calls(1, (i % 5 == 4) ? SUCCESS : FAILURE).time.advance(Duration.ofMinutes(2));
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void lowTrafficRuleIsForLowTrafficOnly() {
		this.fixture.calls(3, FAILURE).time.advanceSeconds(90);
		for (int i = 0; i < 3; i++) {
			this.fixture.calls(2, SUCCESS).calls(2, FAILURE);
		}
		assertThat(this.fixture.state()).as("six failures of twelve").isEqualTo(BreakerState.OPEN);
		use(TestPolicies.model().rate(51));
		this.fixture.calls(3, FAILURE).time.advanceSeconds(90);
		for (int i = 0; i < 3; i++) {
			this.fixture.calls(2, SUCCESS).calls(2, FAILURE);
		}
		assertThat(this.fixture.state()).as("half of the calls").isEqualTo(BreakerState.CLOSED);
	}

	@Test
	@DisplayName("Neutral results leave the streak as it is")
	void neutralKeepsStreak() {
		use(TestPolicies.model().threshold(3).consecutive());
		this.fixture.calls(2, FAILURE).calls(5, NEUTRAL).call(CANCELLED);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(2);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("Any number of client errors keeps it closed")
	void clientErrors() {
		this.fixture.calls(50, NEUTRAL).calls(50, CANCELLED);
		for (OutcomeKind kind : Set.of(OutcomeKind.CONTEXT_LENGTH, OutcomeKind.MODEL_NOT_FOUND,
				OutcomeKind.CONTENT_FILTERED)) {
			this.fixture.calls(50, outcome(kind, OutcomeScope.NONE, 400));
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 0, 250, 0, 0));
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void successNeverOpens() {
		this.fixture.calls(4, FAILURE).calls(40, SUCCESS);
		use(TestPolicies.model().threshold(5).rate(80));
		this.fixture.calls(4, FAILURE).call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void rateBelowTheThresholdDoesNotOpen() {
		this.fixture.calls(20, SUCCESS).calls(19, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).as("20 of 40").isEqualTo(BreakerState.OPEN);
	}

	@Test
	void rateZeroIsOff() {
		use(TestPolicies.model().rate(0));
		this.fixture.calls(1000, SUCCESS).calls(4, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0.5S", "PT10S", "PT1M", "PT24H", "P400D" })
	void windowOfAnyLength(Duration window) {
		use(TestPolicies.model().window(window));
		this.fixture.calls(1, SUCCESS).calls(4, FAILURE).time.advance(window.minusNanos(1));
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.breaker().snapshot().window().failures()).isEqualTo(4);
		this.fixture.time.advance(Duration.ofNanos(window.toNanos() / 30));
		assertThat(this.fixture.breaker().snapshot().window().failures()).isZero();
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void failuresAreJudgedToTheNanosecondAlthoughTheWindowHasBuckets() {
		this.fixture.time.advance(Duration.ofMillis(900));
		this.fixture.calls(1, SUCCESS).calls(4, FAILURE).time.advance(Duration.ofSeconds(60).minusNanos(1));
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void hugeWindowAndDurationsAreNoProblem() {
		use(TestPolicies.model()
			.window(Duration.ofSeconds(Long.MAX_VALUE))
			.slow(Duration.ofSeconds(Long.MAX_VALUE), 50)
			.cooldown((base) -> new CooldownPolicy(Duration.ofSeconds(Long.MAX_VALUE), 10, 1,
					Duration.ofSeconds(Long.MAX_VALUE), true)));
		this.fixture.time.advance(Duration.ofDays(3000));
		this.fixture.calls(5, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void slowSuccessesOpen() {
		use(TestPolicies.model().slow(Duration.ofSeconds(10), 50));
		this.fixture.calls(2, SUCCESS);
		slowCalls(2, SUCCESS);
		assertThat(this.fixture.state()).as("four calls only").isEqualTo(BreakerState.CLOSED);
		slowCalls(1, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		BreakerSnapshot snapshot = this.fixture.breaker().snapshot();
		assertThat(snapshot.openedBy()).isEqualTo(OutcomeKind.TIMEOUT);
		assertThat(snapshot.window()).isEqualTo(new BreakerSnapshot.Window(5, 0, 0, 60));
		assertThat(snapshot.lastFailure()).isNull();
	}

	@Test
	void fastSuccessDoesNotOpenHoweverSlowTheOthersWere() {
		use(TestPolicies.model().slow(Duration.ofSeconds(1), 50));
		slowCalls(4, SUCCESS);
		this.fixture.calls(3, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callOfExactlyTheSlowDurationIsNotSlow() {
		use(TestPolicies.model().slow(Duration.ofSeconds(10), 1));
		for (int i = 0; i < 10; i++) {
			CallPermit permit = this.fixture.start();
			this.fixture.time.advanceSeconds(10);
			permit.complete(SUCCESS);
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void slowFailureOpensInItsOwnName() {
		use(TestPolicies.model().slow(Duration.ofSeconds(2), 100));
		slowCalls(4, SUCCESS);
		slowCalls(1, failure(OutcomeKind.SERVER_ERROR));
		assertThat(this.fixture.breaker().snapshot().openedBy()).isEqualTo(OutcomeKind.SERVER_ERROR);
	}

	@Test
	void slowCallsOpenAConsecutiveBreaker() {
		use(TestPolicies.model().threshold(3).consecutive().slow(Duration.ofSeconds(2), 100));
		this.fixture.calls(10, SUCCESS);
		slowCalls(3, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	@DisplayName("Another model of the provider is not touched")
	void isolation() {
		use(TestPolicies.model().threshold(1));
		this.fixture.call(FAILURE);
		this.fixture.rejected();
		TargetGate sibling = this.fixture.registry().gate(BreakerFixture.SIBLING);
		for (int i = 0; i < 4; i++) {
			sibling.acquire(null).complete(SUCCESS);
		}
		assertThat(sibling.modelBreaker().snapshot()).satisfies((snapshot) -> {
			assertThat(snapshot.state()).isEqualTo(BreakerState.CLOSED);
			assertThat(snapshot.trips()).isZero();
			assertThat(snapshot.calls().succeeded()).isEqualTo(4);
		});
		this.fixture.time.advanceSeconds(30);
		this.fixture.calls(3, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void failuresOfTheProviderOpenItsBreakerOnly() {
		this.fixture.calls(3, AUTH);
		assertThat(this.fixture.providerBreaker().snapshot().openedBy()).isEqualTo(OutcomeKind.AUTH);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	private void slowCalls(int times, CallOutcome outcome) {
		for (int i = 0; i < times; i++) {
			CallPermit permit = this.fixture.start();
			this.fixture.time.advance(Duration.ofSeconds(10).plusNanos(1));
			permit.complete(outcome);
		}
	}

	private void use(TestPolicies.Draft policy) {
		this.fixture = BreakerFixture.with(policy);
	}

}
