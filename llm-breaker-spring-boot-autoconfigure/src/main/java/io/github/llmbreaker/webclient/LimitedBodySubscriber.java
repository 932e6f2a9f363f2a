// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.TimeLimits;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Lets a body pass, watches it, and ends it when it takes too long. There is one timer at
 * a time, which looks at what has happened meanwhile and sets itself again.
 * <p>
 * The provider is waited for only while the subscriber has asked for something that has
 * not come. Whatever was judged, the subscriber gets exactly one signal of the end: the
 * body's own, or that of a limit.
 */
final class LimitedBodySubscriber implements CoreSubscriber<DataBuffer>, Subscription {

	private static final int IDLE = 0;

	private static final int EMITTING = 1;

	/** A limit seemed to be exceeded while something was handed on. */
	private static final int LATE = 2;

	private static final int OVER = 3;

	private static final AtomicIntegerFieldUpdater<LimitedBodySubscriber> EMISSION = AtomicIntegerFieldUpdater
		.newUpdater(LimitedBodySubscriber.class, "emission");

	private static final AtomicLongFieldUpdater<LimitedBodySubscriber> DEMAND = AtomicLongFieldUpdater
		.newUpdater(LimitedBodySubscriber.class, "demand");

	private final CoreSubscriber<? super DataBuffer> actual;

	private final AnswerWatch watch;

	private final Scheduler scheduler;

	private final Disposable.Swap timer = Disposables.swap();

	private @Nullable Subscription upstream;

	private volatile int emission;

	/** What was asked for and has not come. */
	private volatile long demand;

	/** Since when nothing is asked for. */
	private volatile long pausedSince;

	/** For how long nothing was asked for, so far. */
	private volatile long paused;

	/** Since when content is waited for, not counting pauses. */
	private volatile long waitingSince;

	private volatile boolean content;

	/** Whether the timer comes no later than the end of the present wait. */
	private volatile boolean armed;

	LimitedBodySubscriber(CoreSubscriber<? super DataBuffer> actual, AnswerWatch watch, Scheduler scheduler) {
		this.actual = actual;
		this.watch = watch;
		this.scheduler = scheduler;
		this.pausedSince = watch.answeredAt();
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.upstream, subscription)) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
			if (!this.armed) {
				check(true);
			}
		}
	}

	@Override
	public void onNext(DataBuffer buffer) {
		boolean outermost = EMISSION.compareAndSet(this, IDLE, EMITTING);
		if (!outermost && this.emission == OVER) {
			DataBufferUtils.release(buffer);
			return;
		}
		if (BufferBytes.show(buffer, this.watch)) {
			contentSeen();
		}
		received();
		this.actual.onNext(buffer);
		if (outermost && !EMISSION.compareAndSet(this, EMITTING, IDLE)) {
			goOnLate();
		}
	}

	/** It was the subscriber who took so long. */
	private void goOnLate() {
		if (EMISSION.compareAndSet(this, LATE, IDLE)) {
			this.waitingSince = this.watch.elapsedNanos() - this.paused;
			check(false);
		}
	}

	@Override
	public void onError(Throwable error) {
		this.timer.dispose();
		this.watch.fail(error);
		if (end()) {
			this.actual.onError(error);
		}
		else if (this.watch.timeout() == null) {
			Operators.onErrorDropped(error, currentContext());
		}
	}

	@Override
	public void onComplete() {
		this.timer.dispose();
		this.watch.complete();
		if (end()) {
			this.actual.onComplete();
		}
	}

	@Override
	public void request(long n) {
		if (this.upstream == null || !Operators.validate(n)) {
			return;
		}
		if (this.demand == 0) {
			this.paused += this.watch.elapsedNanos() - this.pausedSince;
		}
		Operators.addCap(DEMAND, this, n);
		if (!this.armed) {
			check(true);
		}
		this.upstream.request(n);
	}

	@Override
	public void cancel() {
		this.timer.dispose();
		this.watch.cancel(this.demand > 0);
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

	private void received() {
		long before = this.demand;
		if (before == 0 || before == Long.MAX_VALUE) {
			return;
		}
		if (before == 1) {
			this.pausedSince = this.watch.elapsedNanos();
		}
		DEMAND.decrementAndGet(this);
	}

	private void contentSeen() {
		this.waitingSince = this.watch.elapsedNanos() - this.paused;
		if (!this.content) {
			this.content = true;
			// The limit between events may be shorter than the one until the first.
			check(true);
		}
	}

	/**
	 * Ends the body if it takes too long, or sets the timer.
	 * @param waiting whether time was lost by waiting for the provider
	 */
	private void check(boolean waiting) {
		if (this.timer.isDisposed() || this.watch.isSettled()) {
			return;
		}
		// What happens after this reading only moves the deadline away.
		long now = this.watch.elapsedNanos();
		this.armed = false;
		boolean asked = this.demand > 0;
		TimeLimits.Deadline deadline = deadline(asked);
		if (deadline != null && deadline.nanos() <= now) {
			exceed(deadline, waiting && asked);
			return;
		}
		this.armed = asked;
		if (deadline != null) {
			schedule(deadline.nanos() - now);
		}
		if (!asked && this.demand > 0) {
			check(waiting);
		}
	}

	private TimeLimits.@Nullable Deadline deadline(boolean asked) {
		TimeLimits limits = this.watch.limits();
		if (!asked) {
			return limits.ofTotal();
		}
		return limits.ofBody(this.watch.isStream(), this.content, this.waitingSince + this.paused);
	}

	private void schedule(long rest) {
		try {
			this.timer.update(this.scheduler.schedule(() -> check(true), rest, TimeUnit.NANOSECONDS));
		}
		catch (RejectedExecutionException ex) {
			// The application stops; its calls may still end.
			this.timer.dispose();
		}
	}

	private void exceed(TimeLimits.Deadline deadline, boolean waiting) {
		while (true) {
			int now = this.emission;
			if (now > EMITTING) {
				return;
			}
			if (EMISSION.compareAndSet(this, now, (now == IDLE) ? OVER : LATE)) {
				if (now == IDLE) {
					timeOut(deadline, waiting);
				}
				return;
			}
		}
	}

	private void timeOut(TimeLimits.Deadline deadline, boolean waiting) {
		TimeoutException error = deadline.exceeded(this.watch.call().attempt().target());
		this.timer.dispose();
		this.watch.timeOut(error, waiting);
		if (this.upstream != null) {
			this.upstream.cancel();
		}
		this.actual.onError(error);
	}

	private boolean end() {
		return EMISSION.getAndSet(this, OVER) != OVER;
	}

}
