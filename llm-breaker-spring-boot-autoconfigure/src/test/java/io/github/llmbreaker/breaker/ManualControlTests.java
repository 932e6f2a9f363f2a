// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.BreakerEvent.Type;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for changing a breaker by hand.
 */
class ManualControlTests {

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1));

	private final Breaker breaker = this.fixture.breaker();

	@Test
	@DisplayName("Forced open until told otherwise")
	void forcedOpen() {
		this.breaker.forceOpen(null);
		this.fixture.time.advance(Duration.ofDays(1000));
		assertThat(this.fixture.state()).isEqualTo(BreakerState.FORCED_OPEN);
		LlmCallRejectedException rejection = this.fixture.rejected();
		assertThat(rejection.getState()).isEqualTo(BreakerState.FORCED_OPEN);
		assertThat(rejection.getReason()).isNull();
		assertThat(rejection.getRetryAfter()).isZero();
		assertThat(rejection).hasMessage("Circuit breaker 'openai:gpt-4.1' is forced open");
		assertThat(this.fixture.listener.rejections).containsExactly("openai:gpt-4.1 FORCED_OPEN");
		assertThat(this.breaker.snapshot().trips()).as("not by itself").isZero();
	}

	@Test
	@DisplayName("Forced open for a time ends half-open")
	void forcedOpenForATime() {
		this.breaker.forceOpen(Duration.ofMinutes(10));
		this.fixture.time.advanceSeconds(1);
		assertThat(this.breaker.remainingCooldown()).isEqualTo(Duration.ofSeconds(599));
		assertThat(this.fixture.rejected())
			.hasMessage("Circuit breaker 'openai:gpt-4.1' is forced open, retry in 599.0s");
		this.fixture.time.advanceSeconds(599);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		this.fixture.start().contentStarted();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S" })
	void forcedOpenNeedsAPositiveDuration(Duration duration) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.breaker.forceOpen(duration))
			.withMessage("'duration' must be positive (was " + duration + ")");
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void forcedOpenAgainChangesTheTimeWithoutAnEvent() {
		this.breaker.forceOpen(Duration.ofMinutes(10));
		this.breaker.forceOpen(Duration.ofMinutes(1));
		assertThat(this.breaker.remainingCooldown()).isEqualTo(Duration.ofMinutes(1));
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED FORCED_OPEN");
	}

	@Test
	@DisplayName("Closed by hand while open: empty window, calls pass at once")
	void close() {
		this.fixture.open();
		this.breaker.close();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.failuresInWindow()).isZero();
		this.fixture.call(SUCCESS);
	}

	@Test
	@DisplayName("Reset clears state and window and lets calls pass at once")
	void reset() {
		this.fixture.open();
		this.breaker.reset();
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.failuresInWindow()).isZero();
		this.fixture.call(SUCCESS);
		assertThat(this.breaker.events()).extracting(BreakerEvent::type).endsWith(Type.RESET, Type.STATE_CHANGED);
	}

	@Test
	void resetWhileClosedEmptiesTheWindowWithoutAnEvent() {
		this.fixture.calls(4, FAILURE);
		this.breaker.reset();
		this.fixture.calls(4, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.listener.moves).isEmpty();
	}

	@Test
	@DisplayName("Disabled: ten failures in a row pass and are not counted")
	void disable() {
		this.breaker.disable();
		this.fixture.calls(10, FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.DISABLED);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 0, 0, 0, 0));
		assertThat(this.fixture.listener.completed).hasSize(10);
	}

	@Test
	@DisplayName("Half-open by hand and a failure: open")
	void halfOpenAndFailure() {
		this.breaker.halfOpen();
		this.fixture.call(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.totals().failed()).isEqualTo(1);
	}

	@Test
	@DisplayName("Half-open by hand and a success: closed")
	void halfOpenAndSuccess() {
		this.breaker.halfOpen();
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void halfOpenByHandProbesBeforeTheCooldownIsOver() {
		this.fixture.open();
		this.breaker.halfOpen();
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void halfOpenByHandAgainFreesAllPlaces() {
		this.fixture.halfOpen();
		CallPermit before = this.fixture.start();
		this.breaker.halfOpen();
		CallPermit probe = this.fixture.start();
		before.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		probe.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void outageLastsFromTheFirstOpeningToTheClose() {
		this.fixture.halfOpen().call(FAILURE);
		this.fixture.time.advanceSeconds(45);
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.listener.changes).extracting(StateChange::outage)
			.containsExactly(null, null, null, null, Duration.ofSeconds(75));
	}

	@Test
	void closingWhatWasNeverOpenIsNoRecovery() {
		this.breaker.halfOpen();
		this.fixture.call(SUCCESS);
		this.breaker.disable();
		this.breaker.close();
		assertThat(this.fixture.listener.changes).extracting(StateChange::outage).containsOnlyNulls();
	}

	@Test
	void changeByHandSeesThatTheCooldownIsOver() {
		this.fixture.open();
		this.fixture.time.advanceSeconds(31);
		this.breaker.close();
		assertThat(this.fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN",
				"openai:gpt-4.1 OPEN HALF_OPEN", "openai:gpt-4.1 HALF_OPEN CLOSED");
	}

}
