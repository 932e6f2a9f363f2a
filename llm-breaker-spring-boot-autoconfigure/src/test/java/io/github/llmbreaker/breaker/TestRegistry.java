// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A registry in virtual time for tests of what looks at it.
 */
public final class TestRegistry {

	/** A model's target. */
	public static final LlmTarget TARGET = new LlmTarget("openai", "chat.completions", "gpt-4.1");

	/** A success. */
	public static final CallOutcome SUCCESS = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null, 200);

	/** A failure of the model. */
	public static final CallOutcome FAILURE = new CallOutcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, true, null,
			529);

	/** A failure of the provider. */
	public static final CallOutcome AUTH = new CallOutcome(OutcomeKind.AUTH, OutcomeScope.PROVIDER, true, null, 401);

	private TestRegistry() {
	}

	/** Creates a registry that keeps many breakers. */
	public static BreakerRegistry create(VirtualTime time, BreakerListener... listeners) {
		return create(time, 1000, listeners);
	}

	/** Creates a registry. */
	public static BreakerRegistry create(VirtualTime time, int maxBreakers, BreakerListener... listeners) {
		return new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, maxBreakers,
				TestPolicies.of(TestPolicies.model().get(), TestPolicies.provider().get()),
				Set.of("chat.completions")::contains, List.of(), List.of(listeners), time, time));
	}

	/** Returns what a registry is built from that treats all models alike. */
	public static BreakerSettings settings(BreakerPolicy model, Ticker ticker, InstantSource clock,
			BreakerListener... listeners) {
		return new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 2000,
				TestPolicies.of(model, TestPolicies.provider().get()), (endpoint) -> true, List.of(),
				List.of(listeners), ticker, clock);
	}

	/** Makes calls that all end in the same way. */
	public static void calls(BreakerRegistry registry, LlmTarget target, int times, CallOutcome outcome) {
		for (int i = 0; i < times; i++) {
			registry.gate(target).acquire(null).complete(outcome);
		}
	}

	/** Makes a call that is rejected. */
	public static void reject(BreakerRegistry registry, LlmTarget target) {
		TargetGate gate = registry.gate(target);
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> gate.acquire(null));
	}

	/** Opens a model's breaker. */
	public static Breaker open(BreakerRegistry registry, LlmTarget target) {
		calls(registry, target, 5, FAILURE);
		return registry.find(target.provider() + ":" + target.model()).orElseThrow();
	}

}
