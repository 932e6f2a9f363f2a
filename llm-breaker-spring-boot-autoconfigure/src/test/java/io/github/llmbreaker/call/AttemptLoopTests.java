// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSettings;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.Isolation;
import io.github.llmbreaker.breaker.RetryPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.provider.LlmProviders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AttemptLoop} where a wait is over before whoever began it goes on.
 */
class AttemptLoopTests {

	private static final CallOutcome FAILURE = new CallOutcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, true, null,
			529);

	private final VirtualTime time = new VirtualTime();

	private final List<Runnable> waiting = new ArrayList<>();

	private final List<Throwable> given = new ArrayList<>();

	private int attempts;

	private final AttemptLoop loop = new AttemptLoop(call(), new Failing());

	@Test
	void retryThatWaitsIsNotEndedByTheOneBefore() {
		this.loop.begin();
		assertThat(this.attempts).isEqualTo(2);
		assertThat(this.waiting).hasSize(1);
		this.waiting.remove(0).run();
		assertThat(this.attempts).isEqualTo(3);
		assertThat(this.given).hasSize(1);
	}

	@Test
	void whoLeavesEndsTheRetryThatWaits() {
		this.loop.begin();
		this.loop.leave();
		assertThat(this.waiting).isEmpty();
		assertThat(this.attempts).isEqualTo(2);
	}

	private LlmCall call() {
		LlmProviders providers = new LlmProviders(List.of(), List.of());
		BreakerPolicy breaker = TestPolicies.model().get();
		RetryPolicy retry = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofSeconds(10), 0, Duration.ofSeconds(10),
				0, Set.of(OutcomeKind.OVERLOADED));
		CallPolicy policy = new CallPolicy(breaker, TimeoutPolicy.NONE, retry, List.of(), StreamRecovery.NONE);
		BreakerRegistry registry = new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 100,
				TestPolicies.of(policy, breaker), (endpoint) -> true, List.of(), List.of(), this.time, this.time));
		return LlmCall.of(new CallGuard(registry, providers, this.time, this.time),
				registry.gate(new LlmTarget("p", "chat", "a")), Reach.EVERYWHERE, null);
	}

	/**
	 * All attempts fail; the first wait is over at once, the others when they are told.
	 */
	private final class Failing implements AttemptLoop.Driver {

		@Override
		public void run(Attempt attempt) {
			AttemptLoopTests.this.attempts++;
			attempt.end(FAILURE);
			AttemptLoopTests.this.loop.failed(attempt, FAILURE, new IOException("529"));
		}

		@Override
		public Runnable later(Duration delay, Runnable retry) {
			if (AttemptLoopTests.this.attempts == 1) {
				retry.run();
				return () -> AttemptLoopTests.this.given.add(new IllegalStateException("was over"));
			}
			AttemptLoopTests.this.waiting.add(retry);
			return () -> AttemptLoopTests.this.waiting.remove(retry);
		}

		@Override
		public void giveUp(Throwable error) {
			AttemptLoopTests.this.given.add(error);
		}

	}

}
