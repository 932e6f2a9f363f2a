// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A registry in virtual time, and short words for what happens at it.
 */
final class BreakerFixture {

	static final LlmTarget TARGET = new LlmTarget("openai", "chat.completions", "gpt-4.1");

	static final LlmTarget SIBLING = new LlmTarget("openai", "chat.completions", "gpt-4.1-mini");

	static final CallOutcome SUCCESS = outcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, 200);

	static final CallOutcome FAILURE = outcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, 529);

	static final CallOutcome AUTH = outcome(OutcomeKind.AUTH, OutcomeScope.PROVIDER, 401);

	static final CallOutcome NEUTRAL = outcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE, 400);

	static final CallOutcome CANCELLED = outcome(OutcomeKind.CANCELLED, OutcomeScope.NONE, null);

	final VirtualTime time = new VirtualTime();

	final RecordingListener listener = new RecordingListener();

	final List<BreakerListener> listeners = new ArrayList<>(List.of(this.listener));

	final List<OutcomeCustomizer> customizers = new ArrayList<>();

	BreakerPolicy model = TestPolicies.model().get();

	BreakerPolicy provider = TestPolicies.provider().get();

	BreakerMode mode = BreakerMode.ENFORCE;

	Isolation isolation = Isolation.MODEL;

	int maxBreakers = 1000;

	DoubleSupplier random = () -> 0.5;

	private @Nullable BreakerRegistry registry;

	static BreakerFixture with(TestPolicies.Draft model) {
		BreakerFixture fixture = new BreakerFixture();
		fixture.model = model.get();
		return fixture;
	}

	static CallOutcome outcome(OutcomeKind kind, OutcomeScope scope, @Nullable Integer status) {
		return new CallOutcome(kind, scope, scope != OutcomeScope.NONE, null, status);
	}

	static CallOutcome failure(OutcomeKind kind) {
		return outcome(kind, OutcomeScope.MODEL, null);
	}

	static CallOutcome hinting(Duration retryAfter) {
		return new CallOutcome(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL, true, retryAfter, 429);
	}

	BreakerRegistry registry() {
		if (this.registry == null) {
			this.registry = new BreakerRegistry(new BreakerSettings(this.mode, this.isolation, this.maxBreakers,
					new Policies(), Set.of("chat.completions", "responses")::contains, this.customizers, this.listeners,
					this.time, this.time), this.random);
		}
		return this.registry;
	}

	/** Changes the policy of the model's breaker. */
	void change(TestPolicies.Draft changed) {
		this.model = changed.get();
		registry().policiesChanged();
	}

	TargetGate gate() {
		return registry().gate(TARGET);
	}

	Breaker breaker() {
		return registry().find("openai:gpt-4.1").orElseGet(() -> {
			gate();
			return registry().find("openai:gpt-4.1").orElseThrow();
		});
	}

	Breaker providerBreaker() {
		return gate().providerBreaker();
	}

	CallPermit start() {
		return gate().acquire(null);
	}

	CallOutcome call(CallOutcome outcome) {
		return start().complete(outcome);
	}

	BreakerFixture calls(int times, CallOutcome outcome) {
		for (int i = 0; i < times; i++) {
			call(outcome);
		}
		return this;
	}

	LlmCallRejectedException rejected() {
		return rejected(TARGET);
	}

	LlmCallRejectedException rejected(LlmTarget target) {
		TargetGate gate = registry().gate(target);
		return assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> gate.acquire(null)).actual();
	}

	/** Opens the model's breaker. */
	BreakerFixture open() {
		calls(this.model.failureThreshold(), FAILURE);
		assertThat(state()).isEqualTo(BreakerState.OPEN);
		return this;
	}

	/** Opens the model's breaker and waits for its cooldown. */
	BreakerFixture halfOpen() {
		open();
		this.time.advance(this.breaker().remainingCooldown());
		assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
		return this;
	}

	BreakerState state() {
		return breaker().state();
	}

	BreakerSnapshot.Calls totals() {
		return breaker().snapshot().calls();
	}

	int failuresInWindow() {
		return breaker().snapshot().window().failures();
	}

	/**
	 * The policies as they are now.
	 */
	private final class Policies implements LlmPolicies {

		@Override
		public CallPolicy forTarget(LlmTarget target) {
			return TestPolicies.of(BreakerFixture.this.model, BreakerFixture.this.provider).forTarget(target);
		}

		@Override
		public BreakerPolicy forProvider(String id) {
			return BreakerFixture.this.provider;
		}

	}

}
