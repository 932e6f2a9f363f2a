// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.llmbreaker.OutcomeKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BreakerPolicy} and what belongs to it.
 */
class BreakerPolicyTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	@DisplayName("A threshold of zero or less is refused by name")
	void threshold(int threshold) {
		refused("'failureThreshold' must be at least 1 (was " + threshold + ")",
				TestPolicies.model().threshold(threshold)::get);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S" })
	@DisplayName("A cooldown of zero or less is refused by name")
	void cooldown(Duration cooldown) {
		refused("'cooldown' must be positive (was " + cooldown + ")", () -> TestPolicies.model().cooldown(cooldown));
		refused("'maxCooldown' must be positive (was " + cooldown + ")",
				() -> new CooldownPolicy(Duration.ofSeconds(1), 1, 0, cooldown, true));
		refused("'halfOpenTimeout' must be positive (was " + cooldown + ")",
				() -> TestPolicies.model().halfOpenTimeout(cooldown));
		refused("'slowCallDuration' must be positive (was " + cooldown + ")",
				TestPolicies.model().slow(cooldown, 50)::get);
	}

	@Test
	void otherNumbersAreRefusedByName() {
		refused("'window' must not be negative (was PT-1S)", TestPolicies.model().window(Duration.ofSeconds(-1))::get);
		refused("'failureRateThreshold' must be from 0 to 100 (was 100.1)", TestPolicies.model().rate(100.1)::get);
		refused("'failureRateThreshold' must be from 0 to 100 (was NaN)", TestPolicies.model().rate(Double.NaN)::get);
		refused("'slowCallRateThreshold' must be more than 0 and at most 100 (was 0.0)",
				TestPolicies.model().slow(Duration.ofSeconds(1), 0)::get);
		refused("'halfOpenCalls' must be at least 1 (was 0)", () -> TestPolicies.model().halfOpenCalls(0));
		refused("'cooldownMultiplier' must be at least 1 (was 0.9)",
				() -> new CooldownPolicy(Duration.ofSeconds(1), 0.9, 0, Duration.ofSeconds(1), true));
		refused("'cooldownJitter' must be from 0 to 1 (was 1.1)",
				() -> new CooldownPolicy(Duration.ofSeconds(1), 1, 1.1, Duration.ofSeconds(1), true));
	}

	@Test
	@DisplayName("Zero is a value where it has a meaning: window, rate and jitter")
	void zeroIsAValue() {
		BreakerPolicy policy = TestPolicies.model().consecutive().rate(0).get();
		assertThat(policy.window()).isZero();
		assertThat(policy.failureRateThreshold()).isZero();
		assertThat(policy.cooldown().jitter()).isZero();
	}

	@Test
	void countIsACopy() {
		Set<OutcomeKind> kinds = EnumSet.of(OutcomeKind.AUTH);
		BreakerPolicy policy = TestPolicies.model().count(kinds).get();
		kinds.add(OutcomeKind.TIMEOUT);
		assertThat(policy.count()).containsExactly(OutcomeKind.AUTH);
		assertThat(TestPolicies.model().count(Set.of()).get().count()).isEmpty();
	}

	private static void refused(String message, Runnable making) {
		assertThatIllegalArgumentException().isThrownBy(making::run).withMessage(message);
	}

}
