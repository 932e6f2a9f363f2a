/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.webclient;

import java.util.function.Supplier;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
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

	/** {@code null}: nothing is guarded. */
	private final @Nullable BreakerRegistry registry;

	/**
	 * Creates the guard.
	 * @param registry the breakers
	 */
	public ReactiveLlmBreakers(BreakerRegistry registry) {
		this.registry = registry;
	}

	private ReactiveLlmBreakers() {
		this.registry = null;
	}

	/**
	 * Returns what stands in while nothing is guarded.
	 * @return a guard that lets all calls just run
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
		BreakerRegistry breakers = this.registry;
		if (breakers == null || LlmTarget.NONE.equals(target)) {
			return Mono.defer(call);
		}
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				ReactiveLlmBreakers.subscribe(breakers.gate(target), call, actual, true);
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
		BreakerRegistry breakers = this.registry;
		if (breakers == null || LlmTarget.NONE.equals(target)) {
			return Flux.defer(call);
		}
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				ReactiveLlmBreakers.subscribe(breakers.gate(target), call, actual, false);
			}

		};
	}

	private static <T> void subscribe(TargetGate gate, Supplier<? extends Publisher<T>> call,
			CoreSubscriber<? super T> actual, boolean single) {
		CallPermit permit;
		try {
			permit = gate.acquire(outer(actual));
		}
		catch (LlmCallRejectedException ex) {
			Operators.error(actual, ex);
			return;
		}
		GuardedSubscriber<T> guarded = new GuardedSubscriber<>(actual, permit, single);
		Publisher<T> publisher;
		try {
			publisher = call.get();
		}
		catch (RuntimeException ex) {
			publisher = Mono.error(ex);
		}
		publisher.subscribe(guarded);
	}

	static @Nullable CallPermit outer(CoreSubscriber<?> actual) {
		CallPermit outer = actual.currentContext().getOrDefault(CallPermit.class, null);
		return (outer != null) ? outer : CallPermit.current();
	}

}
