// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.BreakerState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.BreakerFixture.AUTH;
import static io.github.llmbreaker.breaker.BreakerFixture.FAILURE;
import static io.github.llmbreaker.breaker.BreakerFixture.SIBLING;
import static io.github.llmbreaker.breaker.BreakerFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for breakers that only watch.
 */
class ObserveModeTests {

	private final BreakerFixture fixture = BreakerFixture.with(TestPolicies.model().halfOpenCalls(1));

	@BeforeEach
	void observe() {
		this.fixture.mode = BreakerMode.OBSERVE;
	}

	@Test
	void stateMachineRunsAndNoCallIsRejected() {
		this.fixture.open().calls(3, SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.totals()).isEqualTo(new BreakerSnapshot.Calls(0, 5, 0, 3, 0));
		assertThat(this.fixture.listener.rejections).hasSize(3).containsOnly("openai:gpt-4.1 OPEN");
		assertThat(this.fixture.listener.completed).hasSize(8);
	}

	@Test
	void callThatWouldHaveBeenRejectedFeedsNoBreaker() {
		this.fixture.open().calls(5, AUTH);
		assertThat(this.fixture.providerBreaker().state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.providerBreaker().snapshot().calls()).extracting(BreakerSnapshot.Calls::failed)
			.isEqualTo(0L);
	}

	@Test
	void shadowStateRecovers() {
		this.fixture.halfOpen();
		CallPermit probe = this.fixture.start();
		CallPermit shadow = this.fixture.start();
		shadow.contentStarted();
		shadow.answered();
		shadow.complete(FAILURE);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.HALF_OPEN);
		probe.complete(SUCCESS);
		assertThat(this.fixture.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.listener.rejections).containsExactly("openai:gpt-4.1 HALF_OPEN_FULL");
	}

	@Test
	void everythingIsCallable() {
		this.fixture.open();
		assertThat(this.fixture.gate().isCallable()).isTrue();
	}

	@Test
	void callInsideOneThatWouldHaveBeenRejectedIsNotReportedAgain() {
		this.fixture.open();
		CallPermit outer = this.fixture.start();
		this.fixture.gate().acquire(outer).complete(FAILURE);
		this.fixture.registry().gate(SIBLING).acquire(outer).complete(SUCCESS);
		outer.complete(SUCCESS);
		assertThat(this.fixture.listener.rejections).hasSize(1);
		assertThat(this.fixture.listener.completed).endsWith("gpt-4.1-mini SUCCESS", "gpt-4.1 OVERLOADED");
	}

	@Test
	void forcedOpenIsOnlyReported() {
		this.fixture.breaker().forceOpen(null);
		this.fixture.call(SUCCESS);
		assertThat(this.fixture.listener.rejections).containsExactly("openai:gpt-4.1 FORCED_OPEN");
	}

}
