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

/**
 * One call of a method with a reactive result: a subscription.
 */
final class ReactiveInvocation implements ReactiveCall<Object> {

	/** Longer answers are not kept in a cache. */
	static final int MAX_KEPT = 1000;

	private final ReactorStyle style;

	private final MethodGuards guards;

	private final GuardedCall call;

	private final TargetGate gate;

	private @Nullable List<Object> kept;

	private ReactiveInvocation(ReactorStyle style, MethodGuards guards, GuardedCall call, TargetGate gate) {
		this.style = style;
		this.guards = guards;
		this.call = call;
		this.gate = gate;
	}

	/**
	 * Makes a call.
	 */
	static void subscribe(ReactorStyle style, MethodGuards guards, GuardedCall call,
			CoreSubscriber<? super Object> actual) {
		TargetGate gate = guards.gate(call);
		ReactiveInvocation invocation = new ReactiveInvocation(style, guards, call, gate);
		GuardedItems.subscribe(invocation, guards.guard(), gate, guards.isRecoverable(call, gate), actual);
	}

	@Override
	public @Nullable Publisher<Object> source(LlmTarget target) throws Throwable {
		this.kept = (this.call.method().fallbackCache() != null) ? new ArrayList<>() : null;
		return this.style.publisher(this.call.proceed(target));
	}

	@Override
	public LlmCall plan(@Nullable CallPermit outer) {
		return this.guards.plan(this.call, this.gate, outer);
	}

	@Override
	public boolean isStream() {
		return this.style.isMultiValue();
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
		Substitute substitute = Substitute.find(this.call, error);
		if (substitute == null) {
			return null;
		}
		if (substitute.answer() != null) {
			return (isStream() && substitute.answer() instanceof Iterable<?> values) ? Flux.fromIterable(values)
					: Flux.just(substitute.answer());
		}
		Publisher<Object> answer = this.style.publisher(substitute.call(this.call, error));
		return (answer != null) ? answer : Flux.empty();
	}

}
