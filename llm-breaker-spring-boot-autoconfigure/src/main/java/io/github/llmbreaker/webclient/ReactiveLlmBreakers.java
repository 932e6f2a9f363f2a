// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.function.Supplier;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.CallPlan;
import io.github.llmbreaker.call.GuardedItems;
import io.github.llmbreaker.call.NextStep;
import io.github.llmbreaker.call.PlannedItems;
import io.github.llmbreaker.call.ReactiveCall;
import io.github.llmbreaker.call.ReactivePlan;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Guards reactive code of any kind that calls a model.
 * <p>
 * Each subscription is one call. A rejected one ends with
 * {@link LlmCallRejectedException} without asking the supplier. A {@code Mono} has
 * succeeded when its value is there or it is complete, with or without one. A
 * {@code Flux} has succeeded when it is complete after at least one item; one that ends
 * without any counts as a stream error, because a model that works says something. For a
 * probe the first item of a {@code Flux} is enough. Guarded clients in the same
 * subscription are part of the same call.
 * <p>
 * What the policy says about calls holds here, too:
 * <ul>
 * <li>Retries ask the supplier again, before the subscriber has got an item. Fallback
 * models are not tried: the supplier knows its own target only.</li>
 * <li>With {@code stream-recovery: buffer} and retries the items of a {@code Flux} are
 * held back until it has ended, up to 10,000 of them.</li>
 * <li>Time limits: the first item has to come within {@code first-token-timeout}, which
 * is for a {@code Flux} only, or without one within {@code response-timeout}; the items
 * that follow within {@code idle-timeout} of each other while the subscriber asks for
 * more; everything within {@code total-timeout}. Beyond that the source is cancelled and
 * the subscriber gets a {@link java.util.concurrent.TimeoutException}.</li>
 * </ul>
 *
 * @since 0.1.0
 */
public final class ReactiveLlmBreakers {

	private final @Nullable BreakerRegistry registry;

	private final @Nullable ClientFailures failures;

	private final Ticker ticker;

	/**
	 * Creates the guard.
	 * @param registry the breakers
	 * @param failures judges what calls fail with
	 */
	public ReactiveLlmBreakers(BreakerRegistry registry, ClientFailures failures) {
		this(registry, failures, Ticker.SYSTEM);
	}

	/**
	 * Creates the guard.
	 * @param registry the breakers
	 * @param failures judges what calls fail with
	 * @param ticker the clock for time limits
	 */
	public ReactiveLlmBreakers(BreakerRegistry registry, ClientFailures failures, Ticker ticker) {
		this.registry = registry;
		this.failures = failures;
		this.ticker = ticker;
	}

	private ReactiveLlmBreakers() {
		this.registry = null;
		this.failures = null;
		this.ticker = Ticker.SYSTEM;
	}

	/**
	 * Returns a guard that stands in while nothing is guarded.
	 * @return a guard that lets all calls pass
	 */
	public static ReactiveLlmBreakers unguarded() {
		return new ReactiveLlmBreakers();
	}

	/**
	 * Guards a call with one answer.
	 * @param target what is called; {@link LlmTarget#NONE} passes unguarded
	 * @param call makes the call, once per attempt
	 * @param <T> the type of the answer
	 * @return the guarded call
	 */
	public <T> Mono<T> mono(LlmTarget target, Supplier<Mono<T>> call) {
		check(target, call);
		if (this.registry == null || this.failures == null || LlmTarget.NONE.equals(target)) {
			return Mono.defer(call);
		}
		Guard<T> guard = new Guard<>(this.registry, this.failures, this.ticker, target, call, false);
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				guard.subscribe(actual);
			}

		};
	}

	/**
	 * Guards a call with a streamed answer.
	 * @param target what is called; {@link LlmTarget#NONE} passes unguarded
	 * @param call makes the call, once per attempt
	 * @param <T> the type of the pieces
	 * @return the guarded call
	 */
	public <T> Flux<T> flux(LlmTarget target, Supplier<Flux<T>> call) {
		check(target, call);
		if (this.registry == null || this.failures == null || LlmTarget.NONE.equals(target)) {
			return Flux.defer(call);
		}
		Guard<T> guard = new Guard<>(this.registry, this.failures, this.ticker, target, call, true);
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				guard.subscribe(actual);
			}

		};
	}

	private static void check(LlmTarget target, Supplier<?> call) {
		Assert.notNull(target, "'target' must not be null");
		Assert.notNull(call, "'call' must not be null");
	}

	static @Nullable CallPermit outer(CoreSubscriber<?> actual) {
		return GuardedItems.outer(actual);
	}

	/**
	 * Makes calls to one target.
	 *
	 * @param <T> the type of the items
	 * @param registry the breakers
	 * @param failures judges what calls fail with
	 * @param ticker the clock for time limits
	 * @param target what is called
	 * @param call makes the call
	 * @param isStream whether there can be more than one item
	 */
	private record Guard<T>(BreakerRegistry registry, ClientFailures failures, Ticker ticker, LlmTarget target,
			Supplier<? extends Publisher<T>> call, boolean isStream) implements ReactiveCall<T> {

		void subscribe(CoreSubscriber<? super T> actual) {
			TargetGate gate = this.registry.gate(this.target);
			boolean retries = gate.policy().retry().maxRetries() > 0;
			if (PlannedItems.isNeeded(gate, this.isStream, retries)) {
				CallPlan plan = CallPlan.of(this.registry, gate, (other) -> false, this.ticker);
				PlannedItems.subscribe(this, new Retries<>(plan, retries), outer(actual), Schedulers.parallel(),
						actual);
			}
			else {
				GuardedItems.subscribe(this, gate, outer(actual), actual);
			}
		}

		@Override
		public Publisher<T> source(CallPermit permit) {
			Publisher<T> source = this.call.get();
			if (source == null) {
				throw new NullPointerException("The supplier of a guarded call returned null");
			}
			return source;
		}

		@Override
		public CallOutcome classify(Throwable failure, LlmTarget called, boolean started) {
			return this.failures.classify(failure, called, started);
		}

	}

	/**
	 * Asks the same target again, unless a guarded client inside has done that.
	 *
	 * @param <T> the type of the items
	 * @param plan the plan
	 * @param isRecoverable whether retries are configured
	 */
	private record Retries<T>(CallPlan plan, boolean isRecoverable) implements ReactivePlan<T> {

		@Override
		public NextStep afterRejection(LlmCallRejectedException rejection) {
			return this.plan.afterRejection(rejection);
		}

		@Override
		public NextStep afterFailure(CallPermit permit, CallOutcome outcome, Throwable error) {
			if (permit.isReportedInside()) {
				this.plan.triedInside();
			}
			return this.plan.afterFailure(outcome, error);
		}

	}

}
