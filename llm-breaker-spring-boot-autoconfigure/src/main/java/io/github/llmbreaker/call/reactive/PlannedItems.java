// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.AttemptLoop;
import io.github.llmbreaker.call.LlmCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Runs the attempts of one reactive call, one after the other, until the subscriber has
 * got something of one of them or nothing is left to try.
 *
 * @param <T> the type of the items
 */
final class PlannedItems<T> implements Subscription, AttemptLoop.Driver {

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<PlannedItems> REQUESTED = AtomicLongFieldUpdater
		.newUpdater(PlannedItems.class, "requested");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<PlannedItems> PULLING = AtomicIntegerFieldUpdater
		.newUpdater(PlannedItems.class, "pulling");

	private final ReactiveCall<T> call;

	private final LlmCall plan;

	private final AttemptLoop attempts;

	/** Whether an answer may be held back for what can come after it. */
	private final boolean recoverable;

	private final CoreSubscriber<? super T> actual;

	private volatile long requested;

	private volatile int pulling;

	/** Where the subscriber's items come from, for the next one who pulls. */
	private volatile @Nullable Subscription producer;

	private @Nullable Subscription pulled;

	private long asked;

	private volatile @Nullable ItemAttempt<T> attempt;

	/** What was held back of the last attempt that has failed. */
	private @Nullable HeldFlux<T> held;

	/** What the last attempt that has failed would have ended with. */
	private @Nullable Throwable latest;

	private volatile boolean passed;

	private PlannedItems(ReactiveCall<T> call, LlmCall plan, boolean recoverable, CoreSubscriber<? super T> actual) {
		this.call = call;
		this.plan = plan;
		this.attempts = new AttemptLoop(plan, this);
		this.recoverable = recoverable;
		this.actual = actual;
	}

	/**
	 * Makes a call. The subscriber gets exactly one end, whatever happens.
	 * @param recoverable whether anything but failing can come after a failed attempt
	 */
	static <T> void subscribe(ReactiveCall<T> call, LlmCall plan, boolean recoverable,
			CoreSubscriber<? super T> actual) {
		PlannedItems<T> items = new PlannedItems<>(call, plan, recoverable, actual);
		actual.onSubscribe(items);
		items.attempts.begin();
	}

	ReactiveCall<T> call() {
		return this.call;
	}

	Context context() {
		return this.actual.currentContext();
	}

	@Override
	public Runnable later(Duration delay, Runnable retry) {
		return Schedulers.parallel().schedule(retry, Nanos.of(delay), TimeUnit.NANOSECONDS)::dispose;
	}

	@Override
	public void run(Attempt admitted) {
		forgetLatest();
		ItemAttempt<T> next = new ItemAttempt<>(this, admitted, isHeld(admitted));
		this.attempt = next;
		if (this.attempts.isLeft()) {
			next.cancel();
		}
		else {
			next.start();
		}
	}

	/** Something else takes the place of what was held back. */
	private void forgetLatest() {
		ItemAttempt<T> latest = this.attempt;
		if (latest != null) {
			latest.forget();
		}
		this.held = null;
	}

	private boolean isHeld(Attempt admitted) {
		return this.call.isStream() && this.recoverable && admitted.holdRule().wholeStreams();
	}

	/** An item is for the subscriber at once. */
	void pass(T item) {
		if (!this.passed) {
			this.passed = true;
			this.attempts.over();
		}
		this.actual.onNext(item);
	}

	/** What was held back passes, and all that follows it. */
	void release(HeldFlux<T> items) {
		this.passed = true;
		this.attempts.over();
		items.subscribe(new Answer());
	}

	/** An attempt whose items have passed has ended well. */
	void complete() {
		this.attempts.over();
		this.actual.onComplete();
	}

	/**
	 * An attempt has failed whose items were not released.
	 * @param ended the attempt
	 * @param error what the subscriber would get
	 */
	void fail(ItemAttempt<T> ended, CallOutcome outcome, Throwable error) {
		if (this.attempts.isLeft()) {
			return;
		}
		if (!this.passed) {
			this.held = ended.held();
			this.latest = error;
			this.attempts.failed(ended.attempt(), outcome, error);
		}
		else {
			this.actual.onError(error);
		}
	}

	@Override
	public void giveUp(Throwable error) {
		// that a stream was empty is nobody's error
		Throwable shown = (error instanceof ItemAttempt.EmptyStreamException && this.latest != null) ? this.latest
				: error;
		try {
			Publisher<? extends T> instead = this.plan.isAnswerable() ? this.call.instead(shown) : null;
			if (instead != null) {
				forgetLatest();
				instead.subscribe(new Answer());
				return;
			}
		}
		catch (Throwable ex) {
			shown = ex;
		}
		end(shown);
	}

	private void end(Throwable error) {
		HeldFlux<T> items = this.held;
		if (error instanceof ItemAttempt.EmptyStreamException) {
			this.actual.onComplete();
		}
		else if (items != null) {
			items.replaceError(error);
			items.subscribe(new Answer());
		}
		else {
			this.actual.onError(error);
		}
	}

	/** From now on the subscriber's items come from somewhere else. */
	void produce(Subscription source) {
		this.producer = source;
		pull();
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			Operators.addCap(REQUESTED, this, n);
			pull();
		}
	}

	/** Asks the producer for what the subscriber has asked for, and it has not been. */
	private void pull() {
		if (PULLING.getAndIncrement(this) != 0) {
			return;
		}
		int missed = 1;
		while (missed != 0) {
			Subscription source = this.producer;
			if (source != this.pulled) {
				this.pulled = source;
				this.asked = 0;
			}
			long wanted = this.requested;
			if (source != null && wanted > this.asked) {
				long more = (wanted == Long.MAX_VALUE) ? wanted : wanted - this.asked;
				this.asked = wanted;
				source.request(more);
			}
			missed = PULLING.addAndGet(this, -missed);
		}
	}

	@Override
	public void cancel() {
		this.attempts.leave();
		ItemAttempt<T> running = this.attempt;
		if (running != null) {
			running.cancel();
		}
		Subscription source = this.producer;
		if (source != null) {
			source.cancel();
		}
	}

	/** Hands on what was held back, or what somebody else answers. */
	private final class Answer implements CoreSubscriber<T>, Subscription {

		private volatile @Nullable Subscription items;

		@Override
		public Context currentContext() {
			return context();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			if (Operators.validate(this.items, subscription)) {
				this.items = subscription;
				produce(this);
				if (PlannedItems.this.attempts.isLeft()) {
					subscription.cancel();
				}
			}
		}

		@Override
		public void onNext(T item) {
			PlannedItems.this.actual.onNext(item);
		}

		@Override
		public void onError(Throwable error) {
			// who cancels while this is handed on is not told that it is gone
			if (!PlannedItems.this.attempts.isLeft()) {
				PlannedItems.this.actual.onError(error);
			}
		}

		@Override
		public void onComplete() {
			PlannedItems.this.actual.onComplete();
		}

		@Override
		public void request(long n) {
			Subscription held = this.items;
			if (held != null) {
				held.request(n);
			}
		}

		@Override
		public void cancel() {
			Subscription held = this.items;
			if (held != null) {
				held.cancel();
			}
		}

	}

}
