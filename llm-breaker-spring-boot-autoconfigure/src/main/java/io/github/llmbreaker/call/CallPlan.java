// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for one call, after each failed attempt, what comes next. Knows no HTTP and
 * does nothing by itself. Used by one thread at a time.
 * <p>
 * The retries of a target are those of its own policy; the fallbacks and the total time
 * are those of the target that was asked for.
 *
 * @since 0.1.0
 */
public final class CallPlan {

	private static final Logger logger = LoggerFactory.getLogger(CallPlan.class);

	private static final Set<OutcomeKind> REROUTED = EnumSet.of(OutcomeKind.MODEL_NOT_FOUND,
			OutcomeKind.CONTEXT_LENGTH);

	private static final Set<OutcomeKind> FINAL = EnumSet.of(OutcomeKind.CLIENT_ERROR, OutcomeKind.CONTENT_FILTERED,
			OutcomeKind.CANCELLED);

	private final BreakerRegistry registry;

	private final Predicate<LlmTarget> reachable;

	private final DoubleSupplier random;

	private final Ticker ticker;

	private final LlmTarget original;

	private final Iterator<FallbackModel> fallbacks;

	private final boolean explicit;

	private final @Nullable Duration totalTimeout;

	private final long start;

	private final FailedAttempts attempts = new FailedAttempts();

	private final Set<String> brokenProviders = new HashSet<>(2);

	private TargetGate gate;

	private int retries;

	private boolean triedInside;

	CallPlan(BreakerRegistry registry, TargetGate gate, Predicate<LlmTarget> reachable, Ticker ticker,
			DoubleSupplier random) {
		this(registry, gate, null, reachable, ticker, random);
	}

	private CallPlan(BreakerRegistry registry, TargetGate gate, @Nullable List<FallbackModel> explicit,
			Predicate<LlmTarget> reachable, Ticker ticker, DoubleSupplier random) {
		CallPolicy policy = gate.policy();
		this.registry = registry;
		this.reachable = reachable;
		this.random = random;
		this.ticker = ticker;
		this.gate = gate;
		this.original = gate.target();
		this.explicit = explicit != null;
		this.fallbacks = ((explicit != null) ? explicit : policy.fallbacks()).iterator();
		this.totalTimeout = policy.timeouts().total();
		this.start = ticker.nanos();
	}

	/**
	 * Starts the plan of a call.
	 * @param registry where the gates of other targets are found
	 * @param gate the gate of the target that was asked for
	 * @param reachable tells whether this client can call another target
	 * @param ticker the clock for the total time
	 * @return the plan
	 */
	public static CallPlan of(BreakerRegistry registry, TargetGate gate, Predicate<LlmTarget> reachable,
			Ticker ticker) {
		return new CallPlan(registry, gate, reachable, ticker, () -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Starts the plan of a call that has fallbacks of its own.
	 * @param registry where the gates of other targets are found
	 * @param gate the gate of the target that was asked for
	 * @param fallbacks the fallbacks, instead of those of the policy
	 * @param ticker the clock for the total time
	 * @return the plan
	 */
	public static CallPlan of(BreakerRegistry registry, TargetGate gate, List<FallbackModel> fallbacks, Ticker ticker) {
		return new CallPlan(registry, gate, fallbacks, (target) -> true, ticker,
				() -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Whether anything at all can come after a failed attempt.
	 * @param gate the gate of the target that is asked for
	 * @return whether retries or fallbacks are configured
	 */
	public static boolean isNeeded(TargetGate gate) {
		return gate.policy().retry().maxRetries() > 0 || !gate.policy().fallbacks().isEmpty();
	}

	/**
	 * Whether another target, or anyone else, may answer after an outcome.
	 * @param outcome how an attempt ended, as judged
	 * @return whether it is a failure that counts, or one that another model may not have
	 */
	public static boolean isRerouted(CallOutcome outcome) {
		return !FINAL.contains(outcome.kind()) && (outcome.countsAsFailure() || REROUTED.contains(outcome.kind()));
	}

	/**
	 * Returns the gate of the target that is being tried.
	 * @return the gate
	 */
	public TargetGate gate() {
		return this.gate;
	}

	/**
	 * Returns what is left of the total time.
	 * @return the rest, zero if it is over; {@code null} without a limit
	 */
	public @Nullable Duration remaining() {
		if (this.totalTimeout == null) {
			return null;
		}
		Duration rest = this.totalTimeout.minusNanos(this.ticker.nanos() - this.start);
		return rest.isNegative() ? Duration.ZERO : rest;
	}

	/**
	 * A guarded client inside the current attempt has already done what the policy says:
	 * no more retries of this target, and no fallbacks but those of the call itself.
	 */
	public void triedInside() {
		this.triedInside = true;
	}

	/**
	 * Decides after a breaker rejected the current target: the next target, never the
	 * same again.
	 * @param rejection the rejection
	 * @return the next step
	 */
	public NextStep afterRejection(LlmCallRejectedException rejection) {
		this.attempts.add(this.gate.target(), null, rejection);
		return fallBack();
	}

	/**
	 * Decides after the current target failed.
	 * @param outcome how the attempt ended, as judged
	 * @param error what the caller would get
	 * @return the next step
	 */
	public NextStep afterFailure(CallOutcome outcome, Throwable error) {
		this.attempts.add(this.gate.target(), outcome, error);
		if (outcome.scope() == OutcomeScope.PROVIDER) {
			this.brokenProviders.add(this.gate.target().provider());
		}
		Duration delay = retryDelay(outcome);
		if (delay != null) {
			this.retries++;
			this.gate.retrying(delay);
			return NextStep.retry(this.gate, delay);
		}
		return isRerouted(outcome) ? fallBack() : NextStep.fail(this.attempts.summary());
	}

	/**
	 * Decides after the application itself has kept the request from being sent to the
	 * current target: the next target.
	 * @param outcome how the attempt ended, which says nothing about its target
	 * @param error what the caller would get
	 * @return the next step
	 */
	public NextStep afterUnsent(CallOutcome outcome, Throwable error) {
		this.attempts.add(this.gate.target(), outcome, error);
		return fallBack();
	}

	private @Nullable Duration retryDelay(CallOutcome outcome) {
		var retry = this.gate.policy().retry();
		if (this.triedInside || this.retries >= retry.maxRetries() || !retry.on().contains(outcome.kind())
				|| !this.gate.isCallable()) {
			return null;
		}
		Duration delay = new RetryBackoff(retry, this.random).delay(this.retries, outcome.retryAfter());
		Duration rest = remaining();
		return (delay == null || rest == null || delay.compareTo(rest) < 0) ? delay : null;
	}

	private NextStep fallBack() {
		TargetGate next = (this.registry.mode() == BreakerMode.ENFORCE) ? nextGate() : null;
		if (next == null) {
			return NextStep.fail(this.attempts.summary());
		}
		this.gate.fallingBackTo(next);
		this.gate = next;
		this.retries = 0;
		this.triedInside = false;
		return NextStep.fallback(next);
	}

	private @Nullable TargetGate nextGate() {
		if (this.triedInside && !this.explicit) {
			return null;
		}
		while (this.fallbacks.hasNext() && !Duration.ZERO.equals(remaining())) {
			TargetGate candidate = callableGate(this.fallbacks.next().insteadOf(this.original));
			if (candidate != null) {
				return candidate;
			}
		}
		return null;
	}

	private @Nullable TargetGate callableGate(LlmTarget target) {
		try {
			TargetGate candidate = isWorthTrying(target) ? this.registry.gate(target) : null;
			return (candidate != null && candidate.isCallable()) ? candidate : null;
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			// whatever is wrong with it, the caller gets the call's own error
			logger.debug("{} can't be a fallback", target, ex);
			return null;
		}
	}

	private boolean isWorthTrying(LlmTarget target) {
		return !this.brokenProviders.contains(target.provider()) && !this.attempts.include(target)
				&& this.reachable.test(target);
	}

}
