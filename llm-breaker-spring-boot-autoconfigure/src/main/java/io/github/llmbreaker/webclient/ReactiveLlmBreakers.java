// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.function.Supplier;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Reach;
import io.github.llmbreaker.call.reactive.GuardedItems;
import io.github.llmbreaker.call.reactive.ReactiveCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

	private final CallGuard guard;

	/**
	 * Creates the guard.
	 * @param guard what calls are guarded with
	 */
	public ReactiveLlmBreakers(CallGuard guard) {
		this.guard = guard;
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
		if (this.guard.registry().isOff() || LlmTarget.NONE.equals(target)) {
			return Mono.defer(call);
		}
		Guarded<T> guarded = new Guarded<>(this.guard, target, call, false);
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				guarded.subscribe(actual);
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
		if (this.guard.registry().isOff() || LlmTarget.NONE.equals(target)) {
			return Flux.defer(call);
		}
		Guarded<T> guarded = new Guarded<>(this.guard, target, call, true);
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				guarded.subscribe(actual);
			}

		};
	}

	private static void check(LlmTarget target, Supplier<?> call) {
		Assert.notNull(target, "'target' must not be null");
		Assert.notNull(call, "'call' must not be null");
	}

	/**
	 * Makes calls to one target.
	 *
	 * @param <T> the type of the items
	 * @param guard what they are guarded with
	 * @param target what is called
	 * @param call makes the call
	 * @param isStream whether there can be more than one item
	 */
	private record Guarded<T>(CallGuard guard, LlmTarget target, Supplier<? extends Publisher<T>> call,
			boolean isStream) implements ReactiveCall<T> {

		void subscribe(CoreSubscriber<? super T> actual) {
			TargetGate gate = gate();
			GuardedItems.subscribe(this, this.guard, gate, gate.policy().retry().maxRetries() > 0, actual);
		}

		private TargetGate gate() {
			return this.guard.registry().gate(this.target);
		}

		@Override
		public LlmCall plan(@Nullable CallPermit outer) {
			return LlmCall.of(this.guard, gate(), Reach.NOWHERE, outer);
		}

		@Override
		public Publisher<T> source(LlmTarget called) {
			Publisher<T> source = this.call.get();
			if (source == null) {
				throw new NullPointerException("The supplier of a guarded call returned null");
			}
			return source;
		}

	}

}
