// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.function.Supplier;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.provider.thrown.ClientFailures;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Guards reactive code of any kind that calls a model.
 * <p>
 * Each subscription is one call. A rejected one ends with
 * {@link LlmCallRejectedException} without asking the supplier. A {@code Mono} has
 * succeeded when its value is there or it is complete, a {@code Flux} when it is
 * complete; for a probe the first item of a {@code Flux} is enough. Guarded clients in
 * the same subscription are part of the same call.
 *
 * @since 0.1.0
 */
public final class ReactiveLlmBreakers {

	private final @Nullable BreakerRegistry registry;

	private final @Nullable ClientFailures failures;

	/**
	 * Creates the guard.
	 * @param registry the breakers
	 * @param failures judges what calls fail with
	 */
	public ReactiveLlmBreakers(BreakerRegistry registry, ClientFailures failures) {
		this.registry = registry;
		this.failures = failures;
	}

	private ReactiveLlmBreakers() {
		this.registry = null;
		this.failures = null;
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
	 * @param call makes the call, once per subscription
	 * @param <T> the type of the answer
	 * @return the guarded call
	 */
	public <T> Mono<T> mono(LlmTarget target, Supplier<Mono<T>> call) {
		if (this.registry == null || this.failures == null || LlmTarget.NONE.equals(target)) {
			return Mono.defer(call);
		}
		Guard guard = new Guard(this.registry, this.failures, target);
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				guard.subscribe(call, actual, true);
			}

		};
	}

	/**
	 * Guards a call with a streamed answer.
	 * @param target what is called; {@link LlmTarget#NONE} passes unguarded
	 * @param call makes the call, once per subscription
	 * @param <T> the type of the pieces
	 * @return the guarded call
	 */
	public <T> Flux<T> flux(LlmTarget target, Supplier<Flux<T>> call) {
		if (this.registry == null || this.failures == null || LlmTarget.NONE.equals(target)) {
			return Flux.defer(call);
		}
		Guard guard = new Guard(this.registry, this.failures, target);
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				guard.subscribe(call, actual, false);
			}

		};
	}

	static @Nullable CallPermit outer(CoreSubscriber<?> actual) {
		CallPermit outer = actual.currentContext().getOrDefault(CallPermit.class, null);
		return (outer != null) ? outer : CallPermit.current();
	}

	/**
	 * Starts calls to one target.
	 *
	 * @param registry the breakers
	 * @param failures judges what calls fail with
	 * @param target what is called
	 */
	private record Guard(BreakerRegistry registry, ClientFailures failures, LlmTarget target) {

		<T> void subscribe(Supplier<? extends Publisher<T>> call, CoreSubscriber<? super T> actual, boolean single) {
			CallPermit permit;
			try {
				permit = this.registry.gate(this.target).acquire(outer(actual));
			}
			catch (LlmCallRejectedException ex) {
				Operators.error(actual, ex);
				return;
			}
			publisher(call, permit).subscribe(new GuardedSubscriber<>(actual, permit, this.failures, single));
		}

		private static <T> Publisher<T> publisher(Supplier<? extends Publisher<T>> call, CallPermit permit) {
			CallPermit.Scope scope = permit.makeCurrent();
			try {
				return call.get();
			}
			catch (RuntimeException ex) {
				return Mono.error(ex);
			}
			finally {
				scope.close();
			}
		}

	}

}
