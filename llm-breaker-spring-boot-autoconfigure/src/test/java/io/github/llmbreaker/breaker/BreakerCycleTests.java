// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the way of a breaker from closed over open and half-open to closed.
 */
class BreakerCycleTests {

	@Test
	@DisplayName("Full cycle: trip, reject, recover")
	void fullCycle() {
		BreakerFixture fixture = BreakerFixture
			.with(TestPolicies.model().threshold(2).cooldown(Duration.ofMillis(50)).halfOpenCalls(1));
		fixture.calls(2, FAILURE);
		assertThat(fixture.state()).isEqualTo(BreakerState.OPEN);
		LlmCallRejectedException rejection = fixture.rejected();
		assertThat(rejection.getReason()).isEqualTo(OutcomeKind.OVERLOADED);
		assertThat(rejection).hasMessage("Circuit breaker 'openai:gpt-4.1' is open after OVERLOADED, retry in 0.1s");
		assertThat(fixture.breaker().snapshot().trips()).isEqualTo(1);
		assertThat(fixture.totals().rejected()).isEqualTo(1);
		fixture.time.advance(Duration.ofMillis(50));
		fixture.call(SUCCESS);
		assertThat(fixture.state()).isEqualTo(BreakerState.CLOSED);
		fixture.calls(3, SUCCESS);
		assertThat(fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(4, 2, 0, 1, 0));
		assertThat(fixture.listener.moves).containsExactly("openai:gpt-4.1 CLOSED OPEN",
				"openai:gpt-4.1 OPEN HALF_OPEN", "openai:gpt-4.1 HALF_OPEN CLOSED");
	}

}
