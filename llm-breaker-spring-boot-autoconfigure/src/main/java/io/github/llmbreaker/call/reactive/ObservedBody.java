// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.TimeLimits;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The body of a good answer, observed by its first subscriber's side. Later ones, who
 * want to drain it, are not told from the original. As there is one first subscriber, it
 * is its own subscription, too.
 */
public final class ObservedBody extends Flux<DataBuffer> implements CoreSubscriber<DataBuffer>, Subscription {

	private final Flux<DataBuffer> source;

	private final AnswerWatch watch;

	private final Scheduler scheduler;

	/** Who was first. */
	private @Nullable CoreSubscriber<? super DataBuffer> first;

	private @Nullable Subscription upstream;

	private volatile boolean asked;

	public ObservedBody(Flux<DataBuffer> source, AnswerWatch watch, Scheduler scheduler) {
		this.source = source;
		this.watch = watch;
		this.scheduler = scheduler;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
		if (!this.watch.claim()) {
			subscribeAgain(actual);
			return;
		}
		this.first = actual;
		boolean limited = this.watch.limits().limitBody(this.watch.isStream());
		CoreSubscriber<DataBuffer> observing = limited ? new Limited() : this;
		try {
			this.source.subscribe(observing);
		}
		catch (Throwable ex) {
			this.watch.call().end(Outcomes.LOCAL);
			Operators.reportThrowInSubscribe(observing, ex);
		}
	}

	private void subscribeAgain(CoreSubscriber<? super DataBuffer> actual) {
		Throwable timeout = this.watch.timeout();
		if (timeout != null) {
			// What is still to come may never come.
			Operators.error(actual, timeout);
		}
		else {
			this.source.subscribe(actual);
		}
	}

	private CoreSubscriber<? super DataBuffer> actual() {
		return Objects.requireNonNull(this.first, "nobody has subscribed");
	}

	@Override
	public Context currentContext() {
		return actual().currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.validate(this.upstream, subscription)) {
			this.upstream = subscription;
			actual().onSubscribe(this);
		}
	}

	@Override
	public void onNext(DataBuffer buffer) {
		BufferBytes.show(buffer, this.watch);
		actual().onNext(buffer);
	}

	@Override
	public void onError(Throwable error) {
		this.watch.fail(error);
		actual().onError(error);
	}

	@Override
	public void onComplete() {
		this.watch.complete();
		actual().onComplete();
	}

	@Override
	public void request(long n) {
		if (this.upstream != null) {
			if (!this.asked) {
				this.asked = true;
			}
			this.upstream.request(n);
		}
	}

	@Override
	public void cancel() {
		this.watch.cancel(this.asked);
		if (this.upstream != null) {
			this.upstream.cancel();
		}
	}

	/** Lets a body pass, watches it, and ends it when it takes too long. */
	private final class Limited extends LimitedSubscriber<DataBuffer> {

		/** Whether nothing that follows matters. */
		private volatile boolean settled;

		Limited() {
			super(ObservedBody.this.watch.call().permit(), ObservedBody.this.watch.answeredAt(),
					ObservedBody.this.scheduler);
		}

		@Override
		public Context currentContext() {
			return actual().currentContext();
		}

		@Override
		protected TimeLimits.@Nullable Deadline deadline(boolean asked, long since) {
			TimeLimits limits = ObservedBody.this.watch.limits();
			if (this.settled) {
				return asked ? limits.ofSettled(since) : null;
			}
			if (!asked) {
				return limits.ofTotal();
			}
			boolean stream = ObservedBody.this.watch.isStream();
			// a document's own time begins with its head
			long from = (stream || hasContent()) ? since : since + ObservedBody.this.watch.answeredAt();
			return limits.ofBody(stream, hasContent(), from);
		}

		@Override
		protected void subscribed() {
			actual().onSubscribe(this);
		}

		/** The event that settles the outcome is the last one that counts. */
		@Override
		protected boolean see(DataBuffer buffer) {
			boolean content = BufferBytes.show(buffer, ObservedBody.this.watch);
			if (this.settled) {
				return false;
			}
			boolean settles = ObservedBody.this.watch.isSettled();
			if (settles) {
				this.settled = true;
			}
			// whatever comes of a document is a sign of life
			return content || settles || !ObservedBody.this.watch.isStream();
		}

		@Override
		protected void pass(DataBuffer buffer) {
			actual().onNext(buffer);
		}

		@Override
		protected void discard(DataBuffer buffer) {
			DataBufferUtils.release(buffer);
		}

		@Override
		public void onError(Throwable error) {
			stopWatching();
			ObservedBody.this.watch.fail(error);
			if (end()) {
				actual().onError(error);
			}
			else if (ObservedBody.this.watch.timeout() == null) {
				Operators.onErrorDropped(error, currentContext());
			}
		}

		@Override
		public void onComplete() {
			stopWatching();
			ObservedBody.this.watch.complete();
			if (end()) {
				actual().onComplete();
			}
		}

		@Override
		public void cancel() {
			stopWatching();
			ObservedBody.this.watch.cancel(isAsked());
			leave();
		}

		@Override
		protected void expired(TimeLimits.Deadline deadline, boolean waiting) {
			if (this.settled) {
				ObservedBody.this.watch.complete();
				leave();
				actual().onComplete();
				return;
			}
			TimeoutException error = deadline.exceeded(ObservedBody.this.watch.call().attempt().target());
			ObservedBody.this.watch.timeOut(error, waiting);
			leave();
			actual().onError(error);
		}

	}

}
