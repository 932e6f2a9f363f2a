// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.CallPlan;
import io.github.llmbreaker.call.GuardedItems;
import io.github.llmbreaker.call.NextStep;
import io.github.llmbreaker.call.PlannedItems;
import io.github.llmbreaker.call.ReactiveCall;
import io.github.llmbreaker.call.ReactivePlan;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * One call of a method with a reactive result: a subscription.
 */
final class ReactiveInvocation implements ReactiveCall<Object>, ReactivePlan<Object> {

	/** Longer answers are not kept in a cache. */
	static final int MAX_KEPT = 1000;

	private final ReactorStyle style;

	private final MethodGuards guards;

	private final GuardedCall call;

	private final boolean recoverable;

	private final @Nullable Recovery recovery;

	private @Nullable List<Object> kept;

	private ReactiveInvocation(ReactorStyle style, MethodGuards guards, GuardedCall call, boolean recoverable,
			@Nullable Recovery recovery) {
		this.style = style;
		this.guards = guards;
		this.call = call;
		this.recoverable = recoverable;
		this.recovery = recovery;
	}

	/**
	 * Makes a call.
	 */
	static void subscribe(ReactorStyle style, MethodGuards guards, GuardedCall call,
			CoreSubscriber<? super Object> actual) {
		TargetGate gate = guards.gate(call);
		CallPermit outer = GuardedItems.outer(actual);
		boolean recoverable = guards.isRecoverable(call, gate);
		if (PlannedItems.isNeeded(gate, style.isMultiValue(), recoverable)) {
			ReactiveInvocation planned = new ReactiveInvocation(style, guards, call, recoverable,
					guards.recovery(call, gate));
			PlannedItems.subscribe(planned, planned, outer, Schedulers.parallel(), actual);
		}
		else {
			GuardedItems.subscribe(new ReactiveInvocation(style, guards, call, false, null), gate, outer, actual);
		}
	}

	@Override
	public @Nullable Publisher<Object> source(CallPermit permit) throws Throwable {
		this.kept = (this.call.method().fallbackCache() != null) ? new ArrayList<>() : null;
		return this.style.publisher(this.call.proceed(permit.gate().target()));
	}

	@Override
	public boolean isStream() {
		return this.style.isMultiValue();
	}

	@Override
	public CallOutcome classify(Throwable failure, LlmTarget target, boolean started) {
		return this.guards.failures().classify(failure, target, started);
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

	private Recovery recovery() {
		return Objects.requireNonNull(this.recovery, "no plan: the only attempt is not followed by anything");
	}

	@Override
	public CallPlan plan() {
		return recovery().plan();
	}

	@Override
	public boolean isRecoverable() {
		return this.recoverable;
	}

	@Override
	public NextStep afterRejection(LlmCallRejectedException rejection) {
		return recovery().afterRejection(rejection);
	}

	@Override
	public NextStep afterFailure(CallPermit permit, CallOutcome outcome, Throwable error) {
		return recovery().afterFailure(permit, outcome, error);
	}

	@Override
	public @Nullable Publisher<Object> instead(Throwable error) throws Throwable {
		Substitute substitute = recovery().isAnswerable() ? Substitute.find(this.call, error) : null;
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
