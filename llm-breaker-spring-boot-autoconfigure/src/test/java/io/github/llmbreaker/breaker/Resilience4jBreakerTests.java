// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.NEUTRAL;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the breaker of Resilience4j changes its state along with ours.
 */
class Resilience4jBreakerTests {

	private final BreakerFixture fixture = new BreakerFixture();

	@Test
	void changesAlongWithOursFromTripToRecovery() {
		assertThat(state()).isEqualTo(State.CLOSED);
		this.fixture.open();
		assertThat(state()).isEqualTo(State.OPEN);
		this.fixture.time.advanceSeconds(30);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		assertThat(state()).isEqualTo(State.HALF_OPEN);
		this.fixture.call(FAILURE);
		assertThat(state()).isEqualTo(State.OPEN);
		this.fixture.time.advanceSeconds(30);
		this.fixture.calls(3, SUCCESS);
		assertThat(state()).isEqualTo(State.CLOSED);
	}

	@ParameterizedTest
	@EnumSource
	void changesAlongWithOursFromAnyStateToAnyOther(BreakerState from) {
		for (BreakerState to : BreakerState.values()) {
			change(from);
			change(to);
			assertThat(this.fixture.state()).isEqualTo(to);
			assertThat(state()).as("from %s", from).hasToString(to.name());
		}
	}

	@Test
	void timedForcedOpenEndsHalfOpenThereToo() {
		this.fixture.breaker().forceOpen(Duration.ofSeconds(5));
		assertThat(state()).isEqualTo(State.FORCED_OPEN);
		this.fixture.time.advanceSeconds(5);
		this.fixture.call(SUCCESS);
		assertThat(state()).isEqualTo(State.HALF_OPEN);
	}

	@Test
	void neverOpensByItselfWhateverCallsDo() {
		this.fixture.model = TestPolicies.model().threshold(1000).get();
		this.fixture.calls(999, FAILURE);
		assertThat(state()).isEqualTo(State.CLOSED);
	}

	@Test
	void placesOfAnEarlierHalfOpenPeriodAreNotGivenBackToTheNext() {
		this.fixture.halfOpen();
		List<CallPermit> earlier = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			earlier.add(this.fixture.start());
		}
		this.fixture.breaker().halfOpen();
		this.fixture.start();
		earlier.forEach((probe) -> probe.complete(NEUTRAL));
		this.fixture.start();
		this.fixture.start();
		this.fixture.rejected();
	}

	private State state() {
		return this.fixture.breaker().engine().state();
	}

	private void change(BreakerState to) {
		Breaker breaker = this.fixture.breaker();
		switch (to) {
			case CLOSED -> breaker.close();
			case OPEN -> {
				breaker.close();
				this.fixture.open();
			}
			case HALF_OPEN -> breaker.halfOpen();
			case FORCED_OPEN -> breaker.forceOpen(null);
			case DISABLED -> breaker.disable();
		}
	}

}
