// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A publisher whose beginning is looked at before anyone has subscribed to it. The first
 * subscriber gets what was kept of the beginning and then the rest, of one and the same
 * subscription to the source.
 *
 * @param <T> the type of the items
 */
abstract class PeekedFlux<T> extends Flux<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<PeekedFlux, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(PeekedFlux.class, Subscription.class, "upstream");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<PeekedFlux, @Nullable CoreSubscriber> DOWNSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(PeekedFlux.class, CoreSubscriber.class, "downstream");

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<PeekedFlux> REQUESTED = AtomicLongFieldUpdater
		.newUpdater(PeekedFlux.class, "requested");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<PeekedFlux> WORK = AtomicIntegerFieldUpdater
		.newUpdater(PeekedFlux.class, "work");

	/** The subscriber's, or of who waits for it; buffers dropped above are released. */
	private volatile Context context;

	/** Taken from only by who has the work. */
	private final PeekedItems<T> items = new PeekedItems<>();

	private volatile @Nullable Subscription upstream;

	private volatile @Nullable CoreSubscriber<? super T> downstream;

	private volatile long requested;

	private volatile int work;

	private volatile boolean attached;

	private volatile boolean done;

	private volatile boolean cancelled;

	private volatile boolean hurried;

	private @Nullable Throwable error;

	/** Only touched by who has the work. */
	private boolean peeking = true;

	private boolean ended;

	private boolean broken;

	PeekedFlux(Context context) {
		this.context = releasing(context);
	}

	/**
	 * Looks at the next item of the beginning, and keeps or consumes it.
	 * @return whether enough has been seen
	 */
	abstract boolean peek(T item);

	/**
	 * Enough has been seen, or there is no more, or there was no time.
	 * @param complete whether the source has ended
	 * @param error what it has ended with
	 */
	abstract void peeked(boolean complete, @Nullable Throwable error);

	/**
	 * Someone subscribes although someone else already has.
	 */
	abstract void subscribeAgain(CoreSubscriber<? super T> actual);

	final void keep(T item) {
		this.items.putBack(item);
	}

	final void start(Publisher<? extends T> source) {
		try {
			source.subscribe(this);
		}
		catch (Throwable ex) {
			onError(ex);
		}
	}

	/**
	 * Stops looking: what has been seen must do.
	 */
	final void hurry() {
		this.hurried = true;
		work();
	}

	/**
	 * Nobody is going to subscribe. Who does nevertheless gets an error.
	 * @return whether nobody had subscribed
	 */
	@SuppressWarnings("unchecked")
	boolean abandon() {
		boolean first = DOWNSTREAM.compareAndSet(this, null, Operators.emptySubscriber());
		if (first) {
			cancel();
		}
		return first;
	}

	@Override
	public final Context currentContext() {
		return this.context;
	}

	@Override
	public final void subscribe(CoreSubscriber<? super T> actual) {
		if (DOWNSTREAM.compareAndSet(this, null, actual)) {
			this.context = releasing(actual.currentContext());
			actual.onSubscribe(this);
			this.attached = true;
			work();
		}
		else if (this.downstream == Operators.emptySubscriber()) {
			Operators.error(actual, new IllegalStateException("The body has been released due to cancellation"));
		}
		else {
			subscribeAgain(actual);
		}
	}

	@Override
	public final void onSubscribe(Subscription subscription) {
		if (Operators.setOnce(UPSTREAM, this, subscription)) {
			work();
		}
	}

	@Override
	public final void onNext(T item) {
		this.items.arrive(item);
		work();
	}

	@Override
	public final void onError(Throwable error) {
		this.error = error;
		this.done = true;
		work();
	}

	@Override
	public final void onComplete() {
		this.done = true;
		work();
	}

	@Override
	public final void request(long n) {
		if (Operators.validate(n)) {
			Operators.addCap(REQUESTED, this, n);
			work();
		}
	}

	@Override
	public final void cancel() {
		if (!this.cancelled) {
			this.cancelled = true;
			Operators.terminate(UPSTREAM, this);
			work();
		}
	}

	private static Context releasing(Context context) {
		return Operators.enableOnDiscard(context, PeekedItems::release);
	}

	private void work() {
		if (WORK.getAndIncrement(this) != 0) {
			return;
		}
		int missed = 1;
		do {
			if (this.cancelled) {
				this.items.discard(currentContext());
			}
			else if (this.peeking) {
				look();
			}
			if (!this.peeking && !this.cancelled) {
				emit();
			}
			missed = WORK.addAndGet(this, -missed);
		}
		while (missed != 0);
	}

	private void look() {
		boolean complete = this.done;
		boolean enough = lookAtItems();
		complete = (complete && this.items.isSeen()) || this.broken;
		if (enough || complete || this.hurried) {
			this.peeking = false;
			peeked(complete, complete ? this.error : null);
		}
		else if (this.items.outstanding() == 0) {
			demand(1);
		}
	}

	private boolean lookAtItems() {
		boolean enough = false;
		try {
			T item = this.items.look();
			while (item != null && !enough) {
				enough = peek(item);
				item = enough ? null : this.items.look();
			}
		}
		catch (Throwable ex) {
			this.broken = true;
			this.error = ex;
			this.done = true;
			Operators.terminate(UPSTREAM, this);
		}
		return enough;
	}

	private void emit() {
		CoreSubscriber<? super T> actual = this.downstream;
		if (actual == null || !this.attached || this.ended) {
			return;
		}
		long demand = this.requested;
		long emitted = 0;
		while (emitted != demand && !this.cancelled) {
			T item = this.items.take();
			if (item == null) {
				break;
			}
			actual.onNext(item);
			emitted++;
		}
		if (emitted > 0 && demand != Long.MAX_VALUE) {
			Operators.produced(REQUESTED, this, emitted);
		}
		if (!endIfDone(actual) && demand - emitted > this.items.outstanding()) {
			demand((demand != Long.MAX_VALUE) ? demand - emitted - this.items.outstanding() : demand);
		}
	}

	private boolean endIfDone(CoreSubscriber<? super T> actual) {
		if (this.cancelled || !this.done || !this.items.isEmpty()) {
			return this.cancelled;
		}
		this.ended = true;
		if (this.error != null) {
			actual.onError(this.error);
		}
		else {
			actual.onComplete();
		}
		return true;
	}

	private void demand(long n) {
		Subscription subscription = this.upstream;
		if (subscription != null && n > 0) {
			this.items.demanded(n);
			subscription.request(n);
		}
	}

}
