// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.CooldownPolicy;
import io.github.llmbreaker.breaker.CooldownStrategy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.HalfOpenPolicy;
import io.github.llmbreaker.breaker.OpeningPolicy;
import io.github.llmbreaker.breaker.OpeningStrategy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.CollectionUtils;

/**
 * The keys of a policy that were set; all others are inherited.
 *
 * @param models Models it is for, as patterns with * and ? on the model or on
 * provider:model.
 * @param endpoints Endpoints it is for, such as embeddings; needs isolation by endpoint.
 * @param preset Values to start from; keys set beside it win.
 * @param openingRule Rule by which the breaker opens: threshold by the numbers set,
 * evidence by a sequential test that learns what is usual for the model. Threshold where
 * a window or a failure rate is set and neither a rule nor a preset.
 * @param falseAlarmsPerDay Number of times a day that the rule evidence may take a
 * healthy model for dead.
 * @param failureThreshold Number of counted failures inside the window that opens the
 * breaker; the least number for the rule evidence.
 * @param window Time over which calls are judged, sliding; 0s judges consecutive
 * failures.
 * @param failureRateThreshold Least percentage of failures among the calls in the window
 * that opens the breaker; 0 turns the rate off.
 * @param slowCallDuration Time after which a call counts as slow; no call is slow if not
 * set.
 * @param slowCallFactor Number of times the usual duration after which a call counts as
 * slow; learned for each breaker, by the first content of streams and the end of other
 * answers.
 * @param slowCallRateThreshold Percentage of slow calls in the window that opens the
 * breaker.
 * @param cooldown Time that the breaker stays open before it probes.
 * @param cooldownStrategy When the breaker probes: fixed after the cooldown each time,
 * adaptive soon at first and then ever later the longer it lasts and the fewer calls
 * wait, never later than the cooldown. Fixed where a cooldown is set and neither a
 * strategy nor a preset.
 * @param minCooldown Time before the first probe if the strategy is adaptive.
 * @param cooldownMultiplier Factor by which each re-opening without a close in between
 * lengthens the cooldown.
 * @param cooldownJitter Share of the cooldown by which it varies up and down; 0 is exact.
 * @param maxCooldown Greatest cooldown, also where the provider asks for a longer one.
 * @param respectRetryAfter Whether the provider's wait hint lengthens the cooldown.
 * @param halfOpenCalls Number of probes; if it is set, all must succeed to close the
 * breaker.
 * @param halfOpenTimeout Time after which a probe that has not ended frees its place.
 * @param count Kinds of outcome that count as failures; replaces the inherited list.
 * @param responseTimeout Greatest time until the head of the answer; the client's own if
 * not set.
 * @param firstTokenTimeout Greatest time until the first content of a stream.
 * @param idleTimeout Greatest time between two pieces of content of a stream, or two
 * bytes of a document.
 * @param totalTimeout Greatest time of a call, its retries and fallbacks included.
 * @param retry When a failed call is tried again.
 * @param fallbacks Models to ask instead, in this order: a model of the same provider, or
 * provider:model.
 * @param streamRecovery What to do so that a stream cut in the middle can be retried.
 */
record PolicyProperties(@Nullable List<String> models, @Nullable List<String> endpoints, @Nullable PolicyPreset preset,
		@Nullable OpeningStrategy openingRule, @Nullable Double falseAlarmsPerDay, @Nullable Integer failureThreshold,
		@Nullable Duration window, @Nullable Double failureRateThreshold, @Nullable Duration slowCallDuration,
		@Nullable Double slowCallFactor, @Nullable Double slowCallRateThreshold,
		@Nullable CooldownStrategy cooldownStrategy, @Nullable Duration minCooldown, @Nullable Duration cooldown,
		@Nullable Double cooldownMultiplier, @Nullable Double cooldownJitter, @Nullable Duration maxCooldown,
		@Nullable Boolean respectRetryAfter, @Nullable Integer halfOpenCalls, @Nullable Duration halfOpenTimeout,
		@Nullable Set<OutcomeKind> count, @Nullable Duration responseTimeout, @Nullable Duration firstTokenTimeout,
		@Nullable Duration idleTimeout, @Nullable Duration totalTimeout,
		@NestedConfigurationProperty @Nullable RetryProperties retry, @Nullable List<String> fallbacks,
		@Nullable StreamRecovery streamRecovery) {

	/**
	 * Returns the patterns of the models it is for, at least one.
	 */
	List<String> patterns() {
		return (this.models == null || this.models.isEmpty()) ? List.of("*") : this.models;
	}

	/**
	 * Whether it says that failed calls are made again.
	 */
	boolean retries() {
		return this.retry != null && this.retry.maxRetries() != null && this.retry.maxRetries() > 0;
	}

	/**
	 * Whether it says what to do about failed calls.
	 */
	boolean recovers() {
		return retries() || !CollectionUtils.isEmpty(this.fallbacks);
	}

	/**
	 * Returns a policy with the keys set here instead of its own.
	 */
	CallPolicy over(String name, CallPolicy base, Predicate<String> isProvider) {
		TimeoutPolicy times = base.timeouts();
		TimeoutPolicy timeouts = new TimeoutPolicy(orNull(this.responseTimeout, times.response()),
				orNull(this.firstTokenTimeout, times.firstToken()), orNull(this.idleTimeout, times.idle()),
				orNull(this.totalTimeout, times.total()));
		return new CallPolicy(over(name, base.breaker()), timeouts,
				(this.retry != null) ? this.retry.over(base.retry()) : base.retry(),
				(this.fallbacks == null) ? base.fallbacks()
						: this.fallbacks.stream().map((model) -> FallbackModel.parse(model, isProvider)).toList(),
				or(this.streamRecovery, base.streamRecovery()));
	}

	/**
	 * Returns a breaker's policy with the keys set here instead of its own.
	 */
	BreakerPolicy over(String name, BreakerPolicy inherited) {
		BreakerPolicy base = (this.preset != null) ? this.preset.over(inherited) : inherited;
		HalfOpenPolicy halfOpen = new HalfOpenPolicy(or(this.halfOpenCalls, base.halfOpen().calls()),
				or(this.halfOpenTimeout, base.halfOpen().timeout()),
				this.halfOpenCalls == null && base.halfOpen().adaptive());
		return new BreakerPolicy(name, over(base.opening()), or(this.failureThreshold, base.failureThreshold()),
				or(this.window, base.window()), or(this.failureRateThreshold, base.failureRateThreshold()),
				orNull(this.slowCallDuration, base.slowCallDuration()),
				orNull(this.slowCallFactor, base.slowCallFactor()),
				or(this.slowCallRateThreshold, base.slowCallRateThreshold()), over(base.cooldown()), halfOpen,
				(this.count != null) ? Set.copyOf(this.count) : base.count());
	}

	private OpeningPolicy over(OpeningPolicy base) {
		boolean hasNumbers = this.window != null || this.failureRateThreshold != null;
		OpeningStrategy inherited = (this.preset == null && hasNumbers) ? OpeningStrategy.THRESHOLD : base.strategy();
		return new OpeningPolicy(or(this.openingRule, inherited), or(this.falseAlarmsPerDay, base.falseAlarmsPerDay()));
	}

	private CooldownPolicy over(CooldownPolicy base) {
		boolean isFixed = this.preset == null && this.minCooldown == null
				&& (this.cooldown != null || this.cooldownMultiplier != null);
		CooldownStrategy inherited = isFixed ? CooldownStrategy.FIXED : base.strategy();
		return new CooldownPolicy(or(this.cooldownStrategy, inherited), or(this.minCooldown, base.min()),
				or(this.cooldown, base.base()), or(this.cooldownMultiplier, base.multiplier()),
				or(this.cooldownJitter, base.jitter()), or(this.maxCooldown, base.max()),
				or(this.respectRetryAfter, base.respectRetryAfter()));
	}

	static <T> T or(@Nullable T value, T inherited) {
		return (value != null) ? value : inherited;
	}

	private static <T> @Nullable T orNull(@Nullable T value, @Nullable T inherited) {
		return (value != null) ? value : inherited;
	}

}
