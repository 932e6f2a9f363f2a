// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.TimeLimits.Deadline;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One attempt of a planned call, watched from its beginning to its end.
 * <p>
 * It ends once, by what is first: its source, a time limit, or the subscriber. A time
 * limit that ends it while an item is on its way to the subscriber is told by the thread
 * that brings the item.
 *
 * @param <T> the type of the items
 */
final class ItemAttempt<T> implements CoreSubscriber<T>, Subscription {

	private static final int IDLE = 0;

	private static final int EMITTING = 1;

	private static final int OVER = 2;

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ItemAttempt> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(ItemAttempt.class, "ended");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ItemAttempt> EMISSION = AtomicIntegerFieldUpdater
		.newUpdater(ItemAttempt.class, "emission");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<ItemAttempt, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(ItemAttempt.class, Subscription.class, "upstream");

	private final PlannedItems<T> owner;

	private final ReactiveCall<T> call;

	private final Attempt attempt;

	private final Context context;

	private final @Nullable ItemTimer timer;

	private final @Nullable HeldItems<T> held;

	private volatile @Nullable Subscription upstream;

	private volatile int ended;

	private volatile int emission;

	private volatile boolean arrived;

	private volatile @Nullable CallOutcome timedOut;

	private volatile @Nullable TimeoutException timeout;

	/**
	 * Creates it.
	 * @param owner told what becomes of it
	 * @param attempt what it has been admitted for
	 * @param held takes the items until the end; {@code null} if they pass
	 */
	ItemAttempt(PlannedItems<T> owner, Attempt attempt, @Nullable HeldItems<T> held) {
		this.owner = owner;
		this.call = owner.call();
		this.attempt = attempt;
		this.held = held;
		this.context = owner.context().put(CallPermit.class, attempt.permit());
		boolean stream = this.call.isStream();
		this.timer = ItemTimer.isNeeded(attempt.limits(), stream)
				? new ItemTimer(attempt, stream, owner.scheduler(), this::timeOut) : null;
	}

	Attempt attempt() {
		return this.attempt;
	}

	@Nullable HeldItems<T> held() {
		return this.held;
	}

	void start() {
		try {
			if (this.timer != null) {
				this.timer.start();
			}
			Publisher<? extends T> source = GuardedItems.source(this.call, this.attempt);
			if (source != null) {
				source.subscribe(this);
			}
			else if (end()) {
				this.attempt.end(Outcomes.LOCAL);
				this.owner.complete(this);
			}
		}
		catch (Throwable ex) {
			// also what Reactor takes for fatal: nobody else would end the call
			onError(ex);
		}
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.setOnce(UPSTREAM, this, subscription)) {
			if (this.held != null) {
				request(HeldItems.MAX);
			}
			else {
				this.owner.produce(this);
			}
		}
	}

	@Override
	public void onNext(T item) {
		boolean outermost = EMISSION.compareAndSet(this, IDLE, EMITTING);
		if (this.ended != 0 || (!outermost && this.emission == OVER)) {
			Operators.onDiscard(item, this.context);
		}
		else {
			see(item);
			hand(item);
		}
		if (outermost && !EMISSION.compareAndSet(this, EMITTING, IDLE)) {
			tellTimeout();
		}
	}

	private void see(T item) {
		if (this.timer != null) {
			this.timer.arrived();
		}
		this.call.arrived(item);
		if (!this.call.isStream()) {
			this.attempt.succeeded();
			this.call.succeeded();
			stopTimer();
		}
		else if (!this.arrived) {
			this.attempt.permit().contentStarted();
		}
		this.arrived = true;
	}

	private void hand(T item) {
		HeldItems<T> keeping = this.held;
		if (keeping == null) {
			this.owner.pass(item);
		}
		else if (keeping.add(item)) {
			// too many: the rest passes as it comes
			this.owner.release(keeping, this);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (end()) {
			fail(this.attempt.failed(error, this.arrived), error);
		}
		else if (this.timeout == null) {
			Operators.onErrorDropped(error, this.context);
		}
	}

	@Override
	public void onComplete() {
		if (!end()) {
			return;
		}
		if (this.call.isStream() && !this.arrived) {
			CallOutcome judged = this.attempt.end(Outcomes.EMPTY_STREAM);
			if (judged.kind() != OutcomeKind.SUCCESS) {
				fail(judged, new EmptyStreamException(this.attempt.target()));
				return;
			}
		}
		this.attempt.succeeded();
		if (this.call.isStream() && this.arrived) {
			this.call.succeeded();
		}
		this.owner.complete(this);
	}

	private void fail(CallOutcome judged, Throwable error) {
		this.owner.fail(this, judged, error);
	}

	private boolean end() {
		boolean first = ENDED.compareAndSet(this, 0, 1);
		if (first) {
			stopTimer();
		}
		return first;
	}

	private void stopTimer() {
		if (this.timer != null) {
			this.timer.stop();
		}
	}

	private void timeOut(Deadline deadline) {
		if (end()) {
			this.timeout = deadline.exceeded(this.attempt.target());
			this.timedOut = this.attempt.end(Outcomes.timeout(null));
			Operators.terminate(UPSTREAM, this);
			if (EMISSION.getAndSet(this, OVER) == IDLE) {
				tellTimeout();
			}
		}
	}

	private void tellTimeout() {
		CallOutcome judged = this.timedOut;
		TimeoutException error = this.timeout;
		if (judged != null && error != null) {
			fail(judged, error);
		}
	}

	@Override
	public void request(long n) {
		if (this.timer != null) {
			this.timer.requested(n);
		}
		Subscription source = this.upstream;
		if (source != null) {
			source.request(n);
		}
	}

	@Override
	public void cancel() {
		if (end()) {
			this.attempt.cancelled(this.arrived);
		}
		Operators.terminate(UPSTREAM, this);
	}

}
