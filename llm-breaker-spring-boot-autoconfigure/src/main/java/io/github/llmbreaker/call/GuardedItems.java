// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
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

	private final CallPermit permit;

	private final Context context;

	private volatile @Nullable Subscription upstream;

	private volatile int ended;

	private volatile boolean arrived;

	private GuardedItems(CoreSubscriber<? super T> actual, ReactiveCall<T> call, CallPermit permit) {
		this.actual = actual;
		this.call = call;
		this.permit = permit;
		this.context = actual.currentContext().put(CallPermit.class, permit);
	}

	/**
	 * Makes a call. The subscriber gets exactly one end, whatever happens.
	 * @param call what to do
	 * @param gate the gate to go through
	 * @param outer the guarded call that this call is part of; {@code null} if none
	 * @param actual the subscriber
	 * @param <T> the type of the items
	 */
	public static <T> void subscribe(ReactiveCall<T> call, TargetGate gate, @Nullable CallPermit outer,
			CoreSubscriber<? super T> actual) {
		CallPermit permit;
		try {
			permit = gate.acquire(outer);
		}
		catch (LlmCallRejectedException ex) {
			Operators.error(actual, ex);
			return;
		}
		new GuardedItems<>(actual, call, permit).start();
	}

	/**
	 * Returns the guarded call that a subscriber is part of.
	 * @param actual the subscriber
	 * @return the permit of the call around it; {@code null} if there is none
	 */
	public static @Nullable CallPermit outer(CoreSubscriber<?> actual) {
		CallPermit outer = actual.currentContext().getOrDefault(CallPermit.class, null);
		return (outer != null) ? outer : CallPermit.current();
	}

	/**
	 * Asks for an answer in the name of an attempt.
	 */
	static <T> @Nullable Publisher<? extends T> source(ReactiveCall<T> call, CallPermit permit) throws Throwable {
		CallPermit.Scope scope = permit.makeCurrent();
		try {
			return call.source(permit);
		}
		finally {
			scope.close();
		}
	}

	private void start() {
		try {
			Publisher<? extends T> source = source(this.call, this.permit);
			if (source != null) {
				source.subscribe(this);
			}
			else {
				this.permit.complete(Outcomes.LOCAL);
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
		this.call.arrived(item);
		if (!this.call.isStream()) {
			this.permit.complete(Outcomes.SUCCESS);
			this.call.succeeded();
		}
		else if (!this.arrived) {
			this.permit.contentStarted();
		}
		this.arrived = true;
		this.actual.onNext(item);
	}

	@Override
	public void onError(Throwable error) {
		if (ENDED.compareAndSet(this, 0, 1)) {
			this.permit.complete(this.call.classify(error, this.permit.gate().target(), this.arrived));
			this.actual.onError(error);
		}
		else {
			Operators.onErrorDropped(error, this.context);
		}
	}

	@Override
	public void onComplete() {
		if (ENDED.compareAndSet(this, 0, 1)) {
			boolean stream = this.call.isStream();
			this.permit.complete((stream && !this.arrived) ? Outcomes.EMPTY_STREAM : Outcomes.SUCCESS);
			if (stream && this.arrived) {
				this.call.succeeded();
			}
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
			this.permit.complete(this.arrived ? Outcomes.CANCELLED : Outcomes.abandoned(this.permit, null));
		}
		Subscription source = this.upstream;
		if (source != null) {
			source.cancel();
		}
	}

}
