// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.reactive.CallContexts;
import io.github.llmbreaker.call.reactive.GuardedItems;
import io.github.llmbreaker.call.reactive.PlannedItems;
import io.github.llmbreaker.call.reactive.ReactiveCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * One call of a method with a reactive result: a subscription.
 */
final class ReactiveInvocation implements ReactiveCall<Object> {

	/** Longer answers are not kept in a cache. */
	static final int MAX_KEPT = 1000;

	private final ReactorStyle style;

	private final GuardedCall call;

	private @Nullable List<Object> kept;

	private ReactiveInvocation(ReactorStyle style, GuardedCall call) {
		this.style = style;
		this.call = call;
	}

	/**
	 * Makes a call.
	 */
	static void subscribe(ReactorStyle style, MethodGuards guards, GuardedCall call,
			CoreSubscriber<? super Object> actual) {
		TargetGate gate = guards.gate(call);
		boolean recoverable = guards.isRecoverable(call, gate);
		ReactiveInvocation invocation = new ReactiveInvocation(style, call);
		if (PlannedItems.isNeeded(gate, style.isMultiValue(), recoverable)) {
			Context context = actual.currentContext();
			LlmCall plan = guards.plan(call, gate, CallContexts.outer(context))
				.within(CallContexts.observation(context));
			PlannedItems.subscribe(invocation, plan, recoverable, Schedulers.parallel(), actual);
		}
		else {
			GuardedItems.subscribe(invocation, guards.guard(), gate, actual);
		}
	}

	@Override
	public @Nullable Publisher<Object> source(LlmTarget target) throws Throwable {
		this.kept = (this.call.method().fallbackCache() != null) ? new ArrayList<>() : null;
		return this.style.publisher(this.call.proceed(target));
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
