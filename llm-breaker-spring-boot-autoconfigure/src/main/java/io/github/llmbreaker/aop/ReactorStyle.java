// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;

/**
 * Runs calls whose result is a reactive type. Each subscription is a call.
 */
final class ReactorStyle implements CallStyle {

	private final MethodGuards guards;

	private final @Nullable ReactiveAdapter adapter;

	private final boolean multiValue;

	/**
	 * Creates it.
	 * @param guards what calls are guarded with
	 * @param adapter converts from and to the method's type; {@code null} if the proxy
	 * does
	 * @param multiValue whether there can be more than one value
	 */
	ReactorStyle(MethodGuards guards, @Nullable ReactiveAdapter adapter, boolean multiValue) {
		this.guards = guards;
		this.adapter = adapter;
		this.multiValue = multiValue;
	}

	@Override
	public Object run(GuardedCall call) {
		Publisher<Object> publisher = this.multiValue ? flux(call) : mono(call);
		return (this.adapter != null) ? this.adapter.fromPublisher(publisher) : publisher;
	}

	private Flux<Object> flux(GuardedCall call) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Object> actual) {
				guard(call, actual);
			}

		};
	}

	private Mono<Object> mono(GuardedCall call) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super Object> actual) {
				guard(call, actual);
			}

		};
	}

	private void guard(GuardedCall call, CoreSubscriber<? super Object> actual) {
		ReactiveInvocation.subscribe(this, this.guards, call, actual);
	}

	boolean isMultiValue() {
		return this.multiValue;
	}

	/**
	 * Converts what the method returned.
	 */
	@SuppressWarnings("unchecked")
	@Nullable Publisher<Object> publisher(@Nullable Object returned) {
		if (returned instanceof Publisher<?> publisher) {
			return (Publisher<Object>) publisher;
		}
		if (returned != null && this.adapter != null) {
			return this.adapter.toPublisher(returned);
		}
		return (returned != null) ? Flux.just(returned) : null;
	}

}
