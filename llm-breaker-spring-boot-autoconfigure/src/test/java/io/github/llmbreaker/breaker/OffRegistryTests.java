// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the registry of an application that wants nothing guarded.
 */
class OffRegistryTests {

	private final BreakerRegistry registry = BreakerRegistry.off();

	@Test
	void saysThatNothingIsGuarded() {
		assertThat(this.registry.isOff()).isTrue();
		assertThat(this.registry.mode()).isEqualTo(BreakerMode.OBSERVE);
		assertThat(new BreakerFixture().registry().isOff()).isFalse();
	}

	@Test
	void admitsEveryCallHoweverManyFail() {
		for (int i = 0; i < 100; i++) {
			CallPermit permit = this.registry.gate(TARGET).acquire(null);
			CallOutcome judged = permit.complete(FAILURE);
			assertThat(judged.countsAsFailure()).isFalse();
			assertThat(judged.kind()).isEqualTo(FAILURE.kind());
		}
		assertThat(this.registry.gate(TARGET).isCallable()).isTrue();
	}

	@Test
	void countsNothing() {
		this.registry.gate(TARGET).acquire(null).complete(FAILURE);
		BreakerSnapshot snapshot = this.registry.gate(TARGET).providerBreaker().snapshot();
		assertThat(snapshot.state()).isEqualTo(BreakerState.DISABLED);
		assertThat(snapshot.calls()).isEqualTo(new BreakerSnapshot.Calls(0, 0, 0, 0, 0));
	}

	@Test
	void rejectsNothingWhateverIsDoneToItsBreaker() {
		TargetGate gate = this.registry.gate(TARGET);
		gate.providerBreaker().forceOpen(null);
		assertThat(gate.isCallable()).isTrue();
		gate.acquire(null).complete(FAILURE);
	}

	@Test
	void keepsNeitherBreakersNorGates() {
		TargetGate gate = this.registry.gate(TARGET);
		gate.acquire(null).complete(FAILURE);
		assertThat(gate.target()).isEqualTo(TARGET);
		assertThat(gate.modelBreaker()).isNull();
		assertThat(this.registry.gate(TARGET)).isNotSameAs(gate);
		assertThat(this.registry.all()).isEmpty();
		assertThat(this.registry.find("openai")).isEmpty();
		assertThat(this.registry.find("*")).isEmpty();
	}

	@Test
	void asksForNoLimitsAndNoSecondAttempts() {
		CallPolicy policy = this.registry.gate(new LlmTarget("mine", null, null)).policy();
		assertThat(policy.timeouts()).isEqualTo(TimeoutPolicy.NONE);
		assertThat(policy.retry().maxRetries()).isZero();
		assertThat(policy.fallbacks()).isEmpty();
		assertThat(policy.streamRecovery()).isEqualTo(StreamRecovery.NONE);
	}

	@Test
	void callsInsideOfCallsAreAdmitted() {
		CallPermit outer = this.registry.gate(TARGET).acquire(null);
		CallPermit inner = this.registry.gate(TARGET).acquire(outer);
		inner.complete(FAILURE);
		outer.complete(FAILURE);
		assertThat(outer.isCompleted()).isTrue();
	}

}
