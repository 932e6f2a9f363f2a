// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.TimeLimits.Deadline;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Lets items pass and ends them when they take too long. There is one timer at a time,
 * which looks at what has happened meanwhile and sets itself again.
 * <p>
 * The provider is waited for only while the subscriber has asked for something that has
 * not come, and not while the subscriber handles an item. There is exactly one end: the
 * items' own, or that of a limit.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public abstract class LimitedSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private static final int IDLE = 0;

	private static final int EMITTING = 1;

	/** A limit seemed to be exceeded while something was handed on. */
	private static final int LATE = 2;

	private static final int OVER = 3;

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<LimitedSubscriber, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(LimitedSubscriber.class, Subscription.class, "upstream");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<LimitedSubscriber> EMISSION = AtomicIntegerFieldUpdater
		.newUpdater(LimitedSubscriber.class, "emission");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<LimitedSubscriber> WAIT = AtomicIntegerFieldUpdater
		.newUpdater(LimitedSubscriber.class, "wait");

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<LimitedSubscriber> DEMAND = AtomicLongFieldUpdater
		.newUpdater(LimitedSubscriber.class, "demand");

	private final CallPermit permit;

	private final Scheduler scheduler;

	private final Disposable.Swap timer = Disposables.swap();

	private volatile @Nullable Subscription upstream;

	private volatile int emission;

	/** What was asked for and has not come. */
	private volatile long demand;

	/** Since when nothing is asked for. */
	private volatile long pausedSince;

	/** For how long nothing was asked for, so far. */
	private volatile long paused;

	/** Since when content is waited for, not counting pauses. */
	private volatile long waitingSince;

	/** Changes whenever the present wait does. */
	private volatile int wait;

	private volatile boolean content;

	/** Whether the timer comes no later than the end of the present wait. */
	private volatile boolean armed;

	/**
	 * Creates it.
	 * @param permit the attempt whose items they are
	 * @param since since when there is something to ask for, in nanoseconds since the
	 * start of the attempt
	 */
	protected LimitedSubscriber(CallPermit permit, long since, Scheduler scheduler) {
		this.permit = permit;
		this.pausedSince = since;
		this.scheduler = scheduler;
	}

	/**
	 * Returns until when something must have happened; {@code null} without one.
	 * @param since since when it has waited for content, without the time in which it did
	 * not ask for any
	 */
	protected abstract @Nullable Deadline deadline(boolean asked, long since);

	/** Items can come. */
	protected abstract void subscribed();

	/**
	 * Looks at an item before it passes.
	 * @return whether it is content
	 */
	protected abstract boolean see(T item);

	/** Hands an item on. */
	protected abstract void pass(T item);

	/** An item comes too late for everyone. */
	protected abstract void discard(T item);

	/**
	 * A limit was exceeded, which is the end. What it {@linkplain #leave() leaves} must
	 * not be heard before the limit is.
	 * @param waiting whether time was lost by waiting for the provider
	 */
	protected abstract void expired(Deadline deadline, boolean waiting);

	/** Watches the time from now on. */
	protected final void watch() {
		check(true);
	}

	/** Watches the time no more. */
	protected final void stopWatching() {
		this.timer.dispose();
	}

	/**
	 * The items have come to their own end.
	 * @return whether there was none before
	 */
	protected final boolean end() {
		stopWatching();
		return EMISSION.getAndSet(this, OVER) != OVER;
	}

	/** Wants no more of the source. */
	protected final void leave() {
		Operators.terminate(UPSTREAM, this);
	}

	/** Whether content has passed. */
	protected final boolean hasContent() {
		return this.content;
	}

	/** Whether the subscriber waits for something that has not come. */
	protected final boolean isAsked() {
		return this.demand > 0;
	}

	@Override
	public final void onSubscribe(Subscription subscription) {
		if (Operators.setOnce(UPSTREAM, this, subscription)) {
			subscribed();
			if (!this.armed) {
				check(true);
			}
		}
	}

	@Override
	public final void onNext(T item) {
		boolean outermost = EMISSION.compareAndSet(this, IDLE, EMITTING);
		if (!outermost && this.emission == OVER) {
			discard(item);
			return;
		}
		if (see(item)) {
			contentSeen();
		}
		received();
		pass(item);
		if (outermost && !EMISSION.compareAndSet(this, EMITTING, IDLE)) {
			goOnLate();
		}
	}

	/** It was the subscriber who took so long. */
	private void goOnLate() {
		if (EMISSION.compareAndSet(this, LATE, IDLE)) {
			WAIT.incrementAndGet(this);
			this.waitingSince = this.permit.elapsedNanos() - this.paused;
			check(false);
		}
	}

	@Override
	public final void request(long n) {
		Subscription source = this.upstream;
		if (source == null || !Operators.validate(n)) {
			return;
		}
		if (this.demand == 0) {
			WAIT.incrementAndGet(this);
			this.paused += this.permit.elapsedNanos() - this.pausedSince;
		}
		Operators.addCap(DEMAND, this, n);
		if (!this.armed) {
			check(true);
		}
		source.request(n);
	}

	private void received() {
		long before = this.demand;
		if (before == 0 || before == Long.MAX_VALUE) {
			return;
		}
		if (before == 1) {
			this.pausedSince = this.permit.elapsedNanos();
		}
		DEMAND.decrementAndGet(this);
	}

	private void contentSeen() {
		WAIT.incrementAndGet(this);
		this.waitingSince = this.permit.elapsedNanos() - this.paused;
		if (!this.content) {
			this.content = true;
			// The limit between events may be shorter than the one until the first.
			check(true);
		}
	}

	/**
	 * Ends the items if they take too long, or sets the timer.
	 * @param waiting whether time was lost by waiting for the provider
	 */
	private void check(boolean waiting) {
		if (this.timer.isDisposed()) {
			return;
		}
		// What happens after this reading only moves the deadline away.
		long now = this.permit.elapsedNanos();
		this.armed = false;
		boolean asked = this.demand > 0;
		int seen = this.wait;
		Deadline deadline = deadline(asked, this.waitingSince + this.paused);
		if (deadline != null && deadline.nanos() <= now) {
			exceed(deadline, waiting && asked);
			return;
		}
		this.armed = asked;
		if (deadline != null) {
			schedule(deadline, seen, deadline.nanos() - now);
		}
		if (!asked && this.demand > 0) {
			check(waiting);
		}
	}

	private void schedule(Deadline deadline, int seen, long rest) {
		try {
			this.timer.update(this.scheduler.schedule(() -> fired(deadline, seen), rest, TimeUnit.NANOSECONDS));
		}
		catch (RejectedExecutionException ex) {
			// The application stops; its calls may still end.
			this.timer.dispose();
		}
	}

	/**
	 * The timer was right if the wait is the one that it was set for. Its clock may be
	 * another one than ours: tests of applications have virtual ones.
	 */
	private void fired(Deadline deadline, int seen) {
		boolean asked = this.demand > 0;
		boolean same = this.wait == seen && deadline.equals(deadline(asked, this.waitingSince + this.paused));
		if (same && !this.timer.isDisposed()) {
			exceed(deadline, asked);
		}
		else {
			check(true);
		}
	}

	private void exceed(Deadline deadline, boolean waiting) {
		while (true) {
			int now = this.emission;
			if (now > EMITTING) {
				return;
			}
			if (EMISSION.compareAndSet(this, now, (now == IDLE) ? OVER : LATE)) {
				if (now == IDLE) {
					this.timer.dispose();
					expired(deadline, waiting);
				}
				return;
			}
		}
	}

}
