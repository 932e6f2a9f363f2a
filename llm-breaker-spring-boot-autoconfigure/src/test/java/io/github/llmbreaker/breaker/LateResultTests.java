// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.CANCELLED;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls that end after the breaker that admitted them has moved on.
 */
class LateResultTests {

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(2));

	static Stream<CallOutcome> outcomes() {
		return Stream.of(SUCCESS, FAILURE, NEUTRAL, CANCELLED);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	@DisplayName("A call admitted while closed that ends while open changes nothing")
	void endsWhileOpen(CallOutcome outcome) {
		CallPermit late = this.fixture.start();
		this.fixture.open();
		Duration remaining = this.fixture.breaker().remainingCooldown();
		BreakerSnapshot before = this.fixture.breaker().snapshot();
		late.complete(outcome);
		assertUnchangedButLate(before);
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(remaining);
		assertThat(this.fixture.listener.late).containsExactly("openai:gpt-4.1");
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	@DisplayName("A call admitted while closed that ends while half-open changes nothing")
	void endsWhileHalfOpen(CallOutcome outcome) {
		CallPermit[] late = { this.fixture.start(), this.fixture.start(), this.fixture.start() };
		this.fixture.halfOpen();
		BreakerSnapshot before = this.fixture.breaker().snapshot();
		for (CallPermit permit : late) {
			permit.complete(outcome);
		}
		BreakerSnapshot after = this.fixture.breaker().snapshot();
		assertThat(after.state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(after.calls().late()).isEqualTo(3);
		assertThat(after.window()).isEqualTo(before.window());
		assertThat(this.fixture.start()).isNotNull();
		assertThat(this.fixture.start()).isNotNull();
		assertThat(this.fixture.rejected().getState()).as("still two places").isEqualTo(BreakerState.HALF_OPEN);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	@DisplayName("A call admitted while closed that ends in the next closed period changes nothing")
	void endsInNextClosed(CallOutcome outcome) {
		CallPermit late = this.fixture.start();
		this.fixture.halfOpen().calls(2, SUCCESS);
		this.fixture.calls(4, FAILURE);
		BreakerSnapshot before = this.fixture.breaker().snapshot();
		assertThat(before.state()).isEqualTo(BreakerState.CLOSED);
		late.complete(outcome);
		assertUnchangedButLate(before);
		assertThat(before.window().failures()).isEqualTo(4);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).as("the streak went on").isEqualTo(BreakerState.OPEN);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	@DisplayName("A call admitted before a reset that ends after it changes nothing")
	void endsAfterReset(CallOutcome outcome) {
		CallPermit late = this.fixture.start();
		this.fixture.breaker().reset();
		BreakerSnapshot before = this.fixture.breaker().snapshot();
		late.complete(outcome);
		assertUnchangedButLate(before);
		assertThat(before.window().calls()).isZero();
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void probeThatEndsAfterReopeningChangesNothing(CallOutcome outcome) {
		this.fixture.halfOpen();
		CallPermit late = this.fixture.start();
		this.fixture.call(FAILURE);
		BreakerSnapshot before = this.fixture.breaker().snapshot();
		assertThat(before.state()).isEqualTo(BreakerState.OPEN);
		late.complete(outcome);
		assertUnchangedButLate(before);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void probeOfAnEarlierHalfOpenPeriodHasNoVoteInTheNext(CallOutcome outcome) {
		this.fixture.halfOpen();
		CallPermit late = this.fixture.start();
		this.fixture.call(FAILURE);
		this.fixture.time.advanceSeconds(30);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		late.complete(outcome);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).as("one vote of two").isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callAdmittedWhileDisabledIsLateAfterwards() {
		this.fixture.breaker().disable();
		CallPermit late = this.fixture.start();
		this.fixture.breaker().close();
		late.complete(FAILURE);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 0, 0, 0, 1));
	}

	@Test
	void isLateOnlyAtTheBreakerThatMovedOn() {
		CallPermit late = this.fixture.start();
		this.fixture.open();
		late.complete(AUTH);
		assertThat(this.fixture.providerBreaker().snapshot().calls().failed()).isEqualTo(1);
		assertThat(this.fixture.listener.late).containsExactly("openai:gpt-4.1");
	}

	@Test
	void endInTheGenerationOfAdmissionIsNotLateHoweverLongItTook() {
		CallPermit slow = this.fixture.start();
		this.fixture.time.advance(Duration.ofDays(2));
		slow.complete(FAILURE);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 1, 0, 0, 0));
	}

	private void assertUnchangedButLate(BreakerSnapshot before) {
		BreakerSnapshot.Calls calls = before.calls();
		assertThat(this.fixture.breaker().snapshot()).usingRecursiveComparison()
			.ignoringFields("calls.late")
			.isEqualTo(before);
		assertThat(this.fixture.totals().late()).isEqualTo(calls.late() + 1);
	}

}
