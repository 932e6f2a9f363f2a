// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

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
 */
final class LimitedBodySubscriber implements CoreSubscriber<DataBuffer>, Subscription {

	private static final int IDLE = 0;

	private static final int EMITTING = 1;

	private static final int OVER = 2;

	private static final AtomicIntegerFieldUpdater<LimitedBodySubscriber> EMISSION = AtomicIntegerFieldUpdater
		.newUpdater(LimitedBodySubscriber.class, "emission");

	private final CoreSubscriber<? super DataBuffer> actual;

	private final BodyWatch watch;

	private final TimeLimits limits;

	private final Scheduler scheduler;

	private final Disposable.Swap timer = Disposables.swap();

	private @Nullable Subscription upstream;

	private volatile int emission;

	private volatile long lastContent = -1;

	LimitedBodySubscriber(CoreSubscriber<? super DataBuffer> actual, BodyWatch watch, TimeLimits limits,
			Scheduler scheduler) {
		this.actual = actual;
		this.watch = watch;
		this.limits = limits;
		this.scheduler = scheduler;
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
			check();
		}
	}

	@Override
	public void onNext(DataBuffer buffer) {
		boolean outermost = EMISSION.compareAndSet(this, IDLE, EMITTING);
		if (!outermost && this.emission == OVER) {
			DataBufferUtils.release(buffer);
			return;
		}
		if (this.watch.see(buffer)) {
			contentSeen();
		}
		this.actual.onNext(buffer);
		if (outermost && !EMISSION.compareAndSet(this, EMITTING, IDLE)) {
			emitTimeout();
		}
	}

	@Override
	public void onError(Throwable error) {
		this.timer.dispose();
		if (this.watch.fail(error)) {
			this.actual.onError(error);
		}
		else if (this.watch.timeout() == null) {
			Operators.onErrorDropped(error, currentContext());
		}
	}

	@Override
	public void onComplete() {
		this.timer.dispose();
		if (this.watch.complete()) {
			this.actual.onComplete();
		}
	}

	@Override
	public void request(long n) {
		if (this.upstream != null) {
			this.upstream.request(n);
		}
	}

	@Override
	public void cancel() {
		this.timer.dispose();
		this.watch.cancel();
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

	private void contentSeen() {
		boolean first = this.lastContent < 0;
		this.lastContent = this.watch.call().permit().elapsedNanos();
		if (first) {
			// The limit between events may be shorter than the one until the first.
			check();
		}
	}

	private void check() {
		TimeLimits.Deadline deadline = this.limits.ofBody(this.watch.isStream(), this.lastContent);
		if (deadline == null || this.timer.isDisposed() || this.watch.isSettled()) {
			return;
		}
		long rest = deadline.nanos() - this.watch.call().permit().elapsedNanos();
		if (rest > 0) {
			this.timer.update(this.scheduler.schedule(this::check, rest, TimeUnit.NANOSECONDS));
		}
		else if (this.watch.timeOut(deadline.exceeded(this.watch.call().permit().gate().target()))) {
			end();
		}
	}

	private void end() {
		if (this.upstream != null) {
			this.upstream.cancel();
		}
		if (EMISSION.getAndSet(this, OVER) == IDLE) {
			emitTimeout();
		}
	}

	private void emitTimeout() {
		TimeoutException error = this.watch.timeout();
		if (error != null) {
			this.actual.onError(error);
		}
	}

}
