// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.TimeLimits;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Lets a body pass, watches it, and ends it when it takes too long.
 */
final class LimitedBodySubscriber extends LimitedSubscriber<DataBuffer> {

	private final CoreSubscriber<? super DataBuffer> actual;

	private final AnswerWatch watch;

	/** Whether nothing that follows matters. */
	private volatile boolean settled;

	LimitedBodySubscriber(CoreSubscriber<? super DataBuffer> actual, AnswerWatch watch, Scheduler scheduler) {
		super(watch.call().permit(), watch.answeredAt(), scheduler);
		this.actual = actual;
		this.watch = watch;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	protected TimeLimits.@Nullable Deadline deadline(boolean asked, long since) {
		TimeLimits limits = this.watch.limits();
		if (this.settled) {
			return asked ? limits.ofSettled(since) : null;
		}
		if (!asked) {
			return limits.ofTotal();
		}
		boolean stream = this.watch.isStream();
		// a document's own time begins with its head
		long from = (stream || hasContent()) ? since : since + this.watch.answeredAt();
		return limits.ofBody(stream, hasContent(), from);
	}

	@Override
	protected void subscribed() {
		this.actual.onSubscribe(this);
	}

	/** The event that settles the outcome is the last one that counts. */
	@Override
	protected boolean see(DataBuffer buffer) {
		boolean content = BufferBytes.show(buffer, this.watch);
		if (this.settled) {
			return false;
		}
		boolean settles = this.watch.isSettled();
		if (settles) {
			this.settled = true;
		}
		// whatever comes of a document is a sign of life
		return content || settles || !this.watch.isStream();
	}

	@Override
	protected void pass(DataBuffer buffer) {
		this.actual.onNext(buffer);
	}

	@Override
	protected void discard(DataBuffer buffer) {
		DataBufferUtils.release(buffer);
	}

	@Override
	public void onError(Throwable error) {
		stopWatching();
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
		stopWatching();
		this.watch.complete();
		if (end()) {
			this.actual.onComplete();
		}
	}

	@Override
	public void cancel() {
		stopWatching();
		this.watch.cancel(isAsked());
		leave();
	}

	@Override
	protected void expired(TimeLimits.Deadline deadline, boolean waiting) {
		if (this.settled) {
			this.watch.complete();
			leave();
			this.actual.onComplete();
			return;
		}
		TimeoutException error = deadline.exceeded(this.watch.call().attempt().target());
		this.watch.timeOut(error, waiting);
		leave();
		this.actual.onError(error);
	}

}
