// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * Policies for tests: those of the defaults, but without jitter.
 */
public final class TestPolicies {

	static final Set<OutcomeKind> COUNTED = EnumSet.of(OutcomeKind.RATE_LIMITED, OutcomeKind.OVERLOADED,
			OutcomeKind.QUOTA_EXHAUSTED, OutcomeKind.AUTH, OutcomeKind.PERMISSION, OutcomeKind.SERVER_ERROR,
			OutcomeKind.TIMEOUT, OutcomeKind.CONNECT_ERROR, OutcomeKind.STREAM_ERROR);

	static final RetryPolicy NO_RETRY = new RetryPolicy(0, Duration.ofMillis(500), Duration.ofSeconds(10), 0.5,
			Duration.ofSeconds(10), 20, Set.of());

	private TestPolicies() {
	}

	/** Returns the policy of model breakers. */
	public static Draft model() {
		return new Draft();
	}

	/** Returns the policy of provider breakers. */
	public static Draft provider() {
		return new Draft().threshold(3).window(Duration.ZERO).halfOpenCalls(1);
	}

	/** Returns policies that are the same for all, with one attempt and no limits. */
	public static LlmPolicies of(BreakerPolicy model, BreakerPolicy provider) {
		return of(new CallPolicy(model, TimeoutPolicy.NONE, NO_RETRY, List.of(), StreamRecovery.NONE), provider);
	}

	/** Returns policies that are the same for all. */
	public static LlmPolicies of(CallPolicy call, BreakerPolicy provider) {
		return new LlmPolicies() {

			@Override
			public CallPolicy forTarget(LlmTarget target) {
				return call;
			}

			@Override
			public BreakerPolicy forProvider(String id) {
				return provider;
			}

		};
	}

	/**
	 * A policy in the making.
	 */
	public static final class Draft {

		private OpeningPolicy opening = OpeningPolicy.THRESHOLD;

		private int threshold = 5;

		private Duration window = Duration.ofMinutes(1);

		private double rate = 50;

		private @Nullable Duration slowCall;

		private @Nullable Double slowFactor;

		private double slowRate = 100;

		private CooldownPolicy cooldown = new CooldownPolicy(Duration.ofSeconds(30), 1, 0, Duration.ofMinutes(5), true);

		private HalfOpenPolicy halfOpen = new HalfOpenPolicy(3, Duration.ofMinutes(2));

		private Set<OutcomeKind> count = COUNTED;

		/** Those of the preset adaptive. */
		public Draft evidence() {
			return evidence(0.1);
		}

		public Draft evidence(double falseAlarmsPerDay) {
			this.opening = new OpeningPolicy(OpeningStrategy.EVIDENCE, falseAlarmsPerDay);
			return threshold(3);
		}

		public Draft threshold(int threshold) {
			this.threshold = threshold;
			return this;
		}

		public Draft window(Duration window) {
			this.window = window;
			return this;
		}

		public Draft consecutive() {
			return window(Duration.ZERO);
		}

		public Draft rate(double rate) {
			this.rate = rate;
			return this;
		}

		public Draft slow(Duration duration, double percentage) {
			this.slowCall = duration;
			this.slowRate = percentage;
			return this;
		}

		public Draft slowFactor(double factor, double percentage) {
			this.slowFactor = factor;
			this.slowRate = percentage;
			return this;
		}

		public Draft cooldown(Duration base) {
			return cooldown((policy) -> new CooldownPolicy(policy.strategy(), policy.min(), base, policy.multiplier(),
					policy.jitter(), policy.max(), policy.respectRetryAfter()));
		}

		public Draft cooldown(UnaryOperator<CooldownPolicy> change) {
			this.cooldown = change.apply(this.cooldown);
			return this;
		}

		/** Probes as those of the preset adaptive. */
		public Draft adaptive() {
			this.halfOpen = new HalfOpenPolicy(this.halfOpen.calls(), this.halfOpen.timeout(), true);
			return cooldown((policy) -> policy.withStrategy(CooldownStrategy.ADAPTIVE, Duration.ofSeconds(1)));
		}

		public Draft halfOpenCalls(int calls) {
			this.halfOpen = new HalfOpenPolicy(calls, this.halfOpen.timeout());
			return this;
		}

		public Draft halfOpenTimeout(Duration timeout) {
			this.halfOpen = new HalfOpenPolicy(this.halfOpen.calls(), timeout, this.halfOpen.adaptive());
			return this;
		}

		public Draft count(Set<OutcomeKind> kinds) {
			this.count = kinds;
			return this;
		}

		public BreakerPolicy get() {
			return new BreakerPolicy("defaults", this.opening, this.threshold, this.window, this.rate, this.slowCall,
					this.slowFactor, this.slowRate, this.cooldown, this.halfOpen, this.count);
		}

	}

}
