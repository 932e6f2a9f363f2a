// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.TimeLimits;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets the items of a call's only attempt pass and reports how it ended.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public final class GuardedItems<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<GuardedItems> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(GuardedItems.class, "ended");

	private final CoreSubscriber<? super T> actual;

	private final ReactiveCall<T> call;

	private final Attempt attempt;

	private final Context context;

	private volatile @Nullable Subscription upstream;

	private volatile int ended;

	private volatile boolean arrived;

	private GuardedItems(CoreSubscriber<? super T> actual, ReactiveCall<T> call, Attempt attempt) {
		this.actual = actual;
		this.call = call;
		this.attempt = attempt;
		this.context = CallContexts.inside(actual.currentContext(), attempt);
	}

	/**
	 * Makes a call. The subscriber gets exactly one end, whatever happens.
	 * @param recoverable whether anything but failing can come after a failed attempt
	 */
	public static <T> void subscribe(ReactiveCall<T> call, CallGuard guard, TargetGate gate, boolean recoverable,
			CoreSubscriber<? super T> actual) {
		CallPermit outer = CallContexts.outer(actual.currentContext());
		Object around = CallContexts.observation(actual.currentContext());
		TimeoutPolicy timeouts = gate.policy().timeouts();
		if (recoverable || TimeLimits.of(timeouts, timeouts.total()).limitItems(call.isStream())) {
			PlannedItems.subscribe(call, call.plan(outer).within(around), recoverable, actual);
			return;
		}
		Attempt attempt;
		try {
			attempt = Attempt.single(guard, gate, outer, around);
		}
		catch (LlmCallRejectedException ex) {
			Operators.error(actual, ex);
			return;
		}
		new GuardedItems<>(actual, call, attempt).start();
	}

	/** Asks for an answer in the name of an attempt. */
	static <T> @Nullable Publisher<? extends T> source(ReactiveCall<T> call, Attempt attempt) throws Throwable {
		CallPermit.Scope scope = attempt.permit().makeCurrent();
		try {
			return call.source(attempt.target());
		}
		finally {
			scope.close();
		}
	}

	/** An item has arrived. */
	static <T> void arrived(ReactiveCall<T> call, Attempt attempt, T item, boolean first) {
		call.arrived(item);
		if (!call.isStream()) {
			attempt.succeeded();
			call.succeeded();
		}
		else if (first) {
			attempt.permit().contentStarted();
		}
	}

	/** The source is complete: the outcome as judged. */
	static CallOutcome complete(ReactiveCall<?> call, Attempt attempt, boolean arrived) {
		boolean stream = call.isStream();
		CallOutcome judged = attempt.end((stream && !arrived) ? Outcomes.EMPTY_STREAM : Outcomes.SUCCESS);
		if (stream && arrived) {
			call.succeeded();
		}
		return judged;
	}

	private void start() {
		try {
			Publisher<? extends T> source = source(this.call, this.attempt);
			if (source != null) {
				source.subscribe(this);
			}
			else {
				this.attempt.end(Outcomes.LOCAL);
				signals();
				onComplete();
			}
		}
		catch (Throwable ex) {
			// also what Reactor takes for fatal: nobody else would end the call
			signals();
			onError(ex);
		}
	}

	/** Makes sure that the subscriber can be told of the end. */
	private void signals() {
		if (this.upstream == null) {
			onSubscribe(Operators.emptySubscription());
		}
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.upstream, subscription)) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}
	}

	@Override
	public void onNext(T item) {
		if (this.ended != 0) {
			Operators.onDiscard(item, this.context);
			return;
		}
		arrived(this.call, this.attempt, item, !this.arrived);
		this.arrived = true;
		this.actual.onNext(item);
	}

	@Override
	public void onError(Throwable error) {
		if (ENDED.compareAndSet(this, 0, 1)) {
			this.attempt.failed(error, this.arrived);
			this.actual.onError(error);
		}
		else {
			Operators.onErrorDropped(error, this.context);
		}
	}

	@Override
	public void onComplete() {
		if (ENDED.compareAndSet(this, 0, 1)) {
			complete(this.call, this.attempt, this.arrived);
			this.actual.onComplete();
		}
	}

	@Override
	public void request(long n) {
		Subscription source = this.upstream;
		if (source != null) {
			source.request(n);
		}
	}

	@Override
	public void cancel() {
		if (ENDED.compareAndSet(this, 0, 1)) {
			this.attempt.cancelled(this.arrived);
		}
		Subscription source = this.upstream;
		if (source != null) {
			source.cancel();
		}
	}

}
