// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.Set;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that breakers follow another policy without forgetting what has happened.
 */
class PolicyChangeTests {

	private final BreakerFixture fixture = new BreakerFixture();

	@Test
	void failuresStayCountedWhenTheThresholdIsLowered() {
		this.fixture.calls(3, FAILURE);
		this.fixture.change(TestPolicies.model().threshold(4));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(3);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void failuresStayCountedWhenTheThresholdIsRaised() {
		this.fixture.calls(4, FAILURE);
		this.fixture.change(TestPolicies.model().threshold(7));
		this.fixture.calls(2, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.failuresInWindow()).isEqualTo(6);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void failuresStayCountedUnderAnotherRule() {
		this.fixture.calls(2, FAILURE);
		this.fixture.change(TestPolicies.model().evidence());
		assertThat(this.fixture.failuresInWindow()).isEqualTo(2);
		for (int i = 0; i < 10 && this.fixture.state() == BreakerState.CLOSED; i++) {
			this.fixture.call(FAILURE);
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.breaker().decision()).isNotNull();
		assertThat(this.fixture.breaker().snapshot().calls().failed()).isLessThan(12);
	}

	@Test
	void failuresInARowBecomeThoseOfAWindow() {
		this.fixture.change(TestPolicies.model().threshold(5).consecutive());
		this.fixture.calls(4, FAILURE);
		this.fixture.change(TestPolicies.model().threshold(5).window(Duration.ofMinutes(1)));
		assertThat(this.fixture.failuresInWindow()).isEqualTo(4);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void olderFailuresLeaveAShorterWindow() {
		this.fixture.calls(2, FAILURE);
		this.fixture.time.advance(Duration.ofSeconds(30));
		this.fixture.calls(2, FAILURE);
		this.fixture.change(TestPolicies.model().threshold(10).window(Duration.ofSeconds(10)));
		assertThat(this.fixture.failuresInWindow()).isEqualTo(2);
		this.fixture.time.advance(Duration.ofSeconds(20));
		assertThat(this.fixture.failuresInWindow()).isZero();
	}

	@Test
	void openBreakerStaysOpenAsLongAsItWasToAndThenFollows() {
		this.fixture.open();
		this.fixture.time.advance(Duration.ofSeconds(10));
		this.fixture.change(TestPolicies.model().cooldown(Duration.ofSeconds(5)).halfOpenCalls(1));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(20));
		assertThat(this.fixture.breaker().why()).isNotEmpty();
		this.fixture.time.advance(Duration.ofSeconds(20));
		this.fixture.call(FAILURE);
		assertThat(this.fixture.breaker().remainingCooldown()).isEqualTo(Duration.ofSeconds(5));
		this.fixture.time.advance(Duration.ofSeconds(5));
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void probesGoOnWithAsManyPlacesAsThereWere() {
		this.fixture.halfOpen();
		CallPermit probe = this.fixture.start();
		this.fixture.change(TestPolicies.model().halfOpenCalls(1));
		probe.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.calls(2, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		this.fixture.halfOpen();
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void callUnderWayIsNotLateAndJudgedByTheNewPolicy() {
		CallPermit first = this.fixture.start();
		CallPermit second = this.fixture.start();
		this.fixture.change(TestPolicies.model().count(Set.of(OutcomeKind.TIMEOUT)));
		assertThat(first.complete(FAILURE).countsAsFailure()).isFalse();
		this.fixture.change(TestPolicies.model());
		assertThat(second.complete(FAILURE).countsAsFailure()).isTrue();
		assertThat(this.fixture.totals().late()).isZero();
		assertThat(this.fixture.totals().failed()).isEqualTo(1);
		assertThat(this.fixture.totals().neutral()).isEqualTo(1);
	}

	@Test
	void whatIsUsualStaysKnownToSlowCalls() {
		this.fixture.change(TestPolicies.model().threshold(3).slowFactor(10, 50));
		for (int i = 0; i < 20; i++) {
			answerAfter(Duration.ofSeconds(1));
		}
		this.fixture.change(TestPolicies.model().threshold(3).slowFactor(4, 50));
		this.fixture.time.advance(Duration.ofMinutes(2));
		for (int i = 0; i < 30 && this.fixture.state() == BreakerState.CLOSED; i++) {
			answerAfter(Duration.ofSeconds(5));
		}
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void evictedBreakerThatComesBackFollowsTheNewPolicy() {
		this.fixture.maxBreakers = 2;
		CallPermit running = this.fixture.start();
		Breaker evicted = this.fixture.breaker();
		this.fixture.registry().gate(BreakerFixture.SIBLING);
		this.fixture.change(TestPolicies.model().threshold(9));
		running.complete(FAILURE);
		assertThat(this.fixture.registry().all()).allSatisfy((breaker) -> {
			if (breaker == evicted) {
				assertThat(breaker.policy().failureThreshold()).isEqualTo(9);
			}
		});
		assertThat(this.fixture.registry().gate(BreakerFixture.SIBLING).policy().breaker().failureThreshold())
			.isEqualTo(9);
	}

	private void answerAfter(Duration duration) {
		CallPermit permit = this.fixture.start();
		this.fixture.time.advance(duration);
		permit.complete(SUCCESS);
	}

}
