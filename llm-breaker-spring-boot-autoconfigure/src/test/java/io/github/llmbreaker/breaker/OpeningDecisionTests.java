// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static io.github.llmbreaker.breaker.BreakerFixture.hinting;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a breaker says about why it opened.
 */
class OpeningDecisionTests {

	private BreakerFixture fixture = new BreakerFixture();

	@Test
	void closedBreakerHasNothingToSay() {
		this.fixture.calls(4, FAILURE);
		assertThat(this.fixture.breaker().decision()).isNull();
		assertThat(this.fixture.breaker().why()).isEmpty();
	}

	@Test
	void thresholdSaysHowManyOfTheCallsThatBeganTogetherFailed() {
		this.fixture.time.advanceSeconds(10);
		this.fixture.calls(3, SUCCESS).calls(4, FAILURE).call(hinting(Duration.ofSeconds(40)));
		assertThat(this.fixture.breaker().decision()).isEqualTo(
				new OpeningDecision(OpeningStrategy.THRESHOLD, VirtualTime.START.plusSeconds(10), 5, 8, 3, null, null));
		assertThat(this.fixture.breaker().why()).hasSize(5)
			.last()
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(OutcomeKind.RATE_LIMITED))
			.satisfies((failure) -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(40)));
	}

	@Test
	void failuresInARowSaySinceWhen() {
		this.fixture = BreakerFixture.with(TestPolicies.model().threshold(2).consecutive());
		this.fixture.calls(1, SUCCESS).time.advanceSeconds(5);
		this.fixture.calls(1, FAILURE).time.advanceSeconds(5);
		this.fixture.call(FAILURE);
		assertThat(this.fixture.breaker().decision()).isEqualTo(
				new OpeningDecision(OpeningStrategy.THRESHOLD, VirtualTime.START.plusSeconds(5), 2, 2, 0, null, null));
	}

	@Test
	void evidenceSaysHowStrongItWasAndHowStrongItHadToBe() {
		this.fixture = BreakerFixture.with(TestPolicies.model().evidence());
		this.fixture.calls(3, FAILURE);
		OpeningDecision decision = this.fixture.breaker().decision();
		assertThat(decision).isNotNull();
		assertThat(decision.rule()).isEqualTo(OpeningStrategy.EVIDENCE);
		assertThat(decision.failures()).isEqualTo(3);
		assertThat(decision.calls()).isEqualTo(3);
		assertThat(decision.evidence()).isGreaterThanOrEqualTo(decision.bar());
	}

	@Test
	void lastProbeThatFailedIsTheLastReason() {
		this.fixture.halfOpen().call(hinting(Duration.ofSeconds(70)));
		assertThat(this.fixture.breaker().decision()).isNotNull();
		assertThat(this.fixture.breaker().why()).hasSize(6)
			.last()
			.satisfies((failure) -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(70)));
	}

	@Test
	void breakerThatIsClosedAgainOrForcedOpenHasNothingToSay() {
		this.fixture.halfOpen().calls(3, SUCCESS);
		assertThat(this.fixture.breaker().decision()).isNull();
		assertThat(this.fixture.breaker().why()).isEmpty();
		this.fixture.breaker().forceOpen(null);
		assertThat(this.fixture.breaker().decision()).isNull();
		assertThat(this.fixture.breaker().why()).isEmpty();
	}

}
