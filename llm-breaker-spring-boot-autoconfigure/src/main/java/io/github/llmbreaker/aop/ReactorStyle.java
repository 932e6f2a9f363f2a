// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.reactive.GuardedItems;
import io.github.llmbreaker.call.reactive.ReactiveCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;

/**
 * Runs calls whose result is a reactive type. Each subscription is a call.
 *
 * @param guards what calls are guarded with
 * @param adapter converts from and to the method's type; {@code null} if the proxy does
 * @param multiValue whether there can be more than one value
 */
record ReactorStyle(MethodGuards guards, @Nullable ReactiveAdapter adapter, boolean multiValue) implements CallStyle {

	/** Longer answers are not kept in a cache. */
	static final int MAX_KEPT = 1000;

	@Override
	public Object run(GuardedCall call) {
		Publisher<Object> publisher = this.multiValue ? flux(call) : mono(call);
		return (this.adapter != null) ? this.adapter.fromPublisher(publisher) : publisher;
	}

	private Flux<Object> flux(GuardedCall call) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Object> actual) {
				ReactorStyle.this.subscribe(call, actual);
			}

		};
	}

	private Mono<Object> mono(GuardedCall call) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Object> actual) {
				ReactorStyle.this.subscribe(call, actual);
			}

		};
	}

	private void subscribe(GuardedCall call, CoreSubscriber<? super Object> actual) {
		TargetGate gate = this.guards.gate(call);
		GuardedItems.subscribe(new Subscribed(this, call, gate), this.guards.guard(), gate,
				this.guards.isRecoverable(call, gate), actual);
	}

	@SuppressWarnings("unchecked")
	private @Nullable Publisher<Object> publisher(@Nullable Object returned) {
		if (returned instanceof Publisher<?> publisher) {
			return (Publisher<Object>) publisher;
		}
		if (returned != null && this.adapter != null) {
			return this.adapter.toPublisher(returned);
		}
		return (returned != null) ? Flux.just(returned) : null;
	}

	/**
	 * One call of a method with a reactive result: a subscription.
	 */
	private static final class Subscribed implements ReactiveCall<Object> {

		private final ReactorStyle style;

		private final GuardedCall call;

		private final TargetGate gate;

		private @Nullable List<Object> kept;

		Subscribed(ReactorStyle style, GuardedCall call, TargetGate gate) {
			this.style = style;
			this.call = call;
			this.gate = gate;
		}

		@Override
		public @Nullable Publisher<Object> source(LlmTarget target) throws Throwable {
			this.kept = (this.call.method().fallbackCache() != null) ? new ArrayList<>() : null;
			return this.style.publisher(this.call.proceed(target));
		}

		@Override
		public LlmCall plan(@Nullable CallPermit outer) {
			return this.style.guards.plan(this.call, this.gate, outer);
		}

		@Override
		public boolean isStream() {
			return this.style.multiValue();
		}

		@Override
		public void arrived(Object item) {
			List<Object> list = this.kept;
			if (list != null) {
				list.add(item);
				this.kept = (list.size() <= MAX_KEPT) ? list : null;
			}
		}

		@Override
		public void succeeded() {
			List<Object> list = this.kept;
			if (list != null) {
				this.call.remember(isStream() ? List.copyOf(list) : list.get(0));
			}
		}

		@Override
		public @Nullable Publisher<Object> instead(Throwable error) throws Throwable {
			GuardedCall.Substitute substitute = this.call.substitute(error);
			if (substitute == null) {
				return null;
			}
			Object answer = substitute.answer();
			if (substitute.kept() != null) {
				return (isStream() && answer instanceof Iterable<?> values) ? Flux.fromIterable(values)
						: Flux.just(substitute.kept());
			}
			Publisher<Object> publisher = this.style.publisher(answer);
			return (publisher != null) ? publisher : Flux.empty();
		}

	}

}
