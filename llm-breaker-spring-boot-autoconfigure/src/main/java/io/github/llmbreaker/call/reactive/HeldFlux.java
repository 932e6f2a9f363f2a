// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A sequence of pieces, bytes or anything else, that is held back until its beginning
 * says that it may pass. As long as nobody has subscribed, another sequence can take its
 * place. The subscriber gets what was kept of the beginning and then the rest, of one and
 * the same subscription to the source, as fast as it asks for it.
 * <p>
 * What is kept is as much as {@link #look} keeps, which says when that is enough. What
 * nobody gets is discarded, buffers are released: after a cancel, or when the sequence is
 * {@linkplain #abandon() given up}.
 *
 * @param <T> the type of the pieces
 * @since 0.1.0
 */
public abstract class HeldFlux<T> extends Flux<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<HeldFlux, @Nullable Subscription> UPSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(HeldFlux.class, Subscription.class, "upstream");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<HeldFlux, @Nullable CoreSubscriber> DOWNSTREAM = AtomicReferenceFieldUpdater
		.newUpdater(HeldFlux.class, CoreSubscriber.class, "downstream");

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<HeldFlux> REQUESTED = AtomicLongFieldUpdater.newUpdater(HeldFlux.class,
			"requested");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<HeldFlux> WORK = AtomicIntegerFieldUpdater.newUpdater(HeldFlux.class,
			"work");

	/** The subscriber's, or of who waits for it; buffers dropped above are released. */
	private volatile Context context;

	/** Taken from only by who has the work. */
	private final Pieces<T> pieces = new Pieces<>();

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
	private boolean holding = true;

	private boolean ended;

	private boolean broken;

	/**
	 * Creates it.
	 * @param context whose hooks get what is discarded while nobody has subscribed
	 */
	protected HeldFlux(Context context) {
		this.context = releasing(context);
	}

	/**
	 * Looks at the next piece of the beginning, and {@linkplain #keep keeps} or consumes
	 * it. If it fails, the sequence does.
	 * @return whether enough has been seen
	 */
	protected abstract boolean look(T piece);

	/**
	 * Enough has been seen, or there is no more, or there was no time. Told once.
	 * @param complete whether the source has ended
	 * @param error what it has ended with; {@code null} if it has ended well, or not yet
	 */
	protected abstract void looked(boolean complete, @Nullable Throwable error);

	/** Someone subscribes although someone else already has. */
	protected void subscribeAgain(CoreSubscriber<? super T> actual) {
		Operators.error(actual, new IllegalStateException("What is held back is handed on once"));
	}

	/** Returns how many pieces of the beginning are asked for at once. */
	protected long batch() {
		return 1;
	}

	/** Keeps a piece for the subscriber. */
	protected final void keep(T piece) {
		this.pieces.putBack(piece);
	}

	/** Begins to look at a source, and holds it back. */
	protected final void hold(Publisher<? extends T> source) {
		try {
			source.subscribe(this);
		}
		catch (Throwable ex) {
			onError(ex);
		}
	}

	/** Stops looking: what has been seen must do. */
	public final void hurry() {
		this.hurried = true;
		work();
	}

	/** Replaces what the sequence has failed with, before anyone has subscribed. */
	protected final void replaceError(Throwable other) {
		this.error = other;
	}

	/**
	 * Nobody is going to subscribe. Who does nevertheless gets an error.
	 * @return whether nobody had subscribed
	 */
	@SuppressWarnings("unchecked")
	public boolean abandon() {
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
	public final void onNext(T piece) {
		this.pieces.arrive(piece);
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
		return Operators.enableOnDiscard(context, (piece) -> Pieces.discard(piece, context));
	}

	private void work() {
		if (WORK.getAndIncrement(this) != 0) {
			return;
		}
		int missed = 1;
		do {
			if (this.cancelled) {
				this.pieces.discard(currentContext());
			}
			else if (this.holding) {
				lookOn();
			}
			if (!this.holding && !this.cancelled) {
				emit();
			}
			missed = WORK.addAndGet(this, -missed);
		}
		while (missed != 0);
	}

	private void lookOn() {
		boolean complete = this.done;
		boolean enough = lookAtPieces();
		complete = (complete && this.pieces.isSeen()) || this.broken;
		if (enough || complete || this.hurried) {
			this.holding = false;
			looked(complete, complete ? this.error : null);
		}
		else if (this.pieces.outstanding() == 0) {
			demand(batch());
		}
	}

	private boolean lookAtPieces() {
		boolean enough = false;
		try {
			T piece = this.pieces.look();
			while (piece != null && !enough) {
				enough = look(piece);
				piece = enough ? null : this.pieces.look();
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
			T piece = this.pieces.take();
			if (piece == null) {
				break;
			}
			actual.onNext(piece);
			emitted++;
		}
		if (emitted > 0 && demand != Long.MAX_VALUE) {
			Operators.produced(REQUESTED, this, emitted);
		}
		if (!endIfDone(actual) && demand - emitted > this.pieces.outstanding()) {
			demand((demand != Long.MAX_VALUE) ? demand - emitted - this.pieces.outstanding() : demand);
		}
	}

	private boolean endIfDone(CoreSubscriber<? super T> actual) {
		if (this.cancelled || !this.done || !this.pieces.isEmpty()) {
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
			this.pieces.demanded(n);
			subscription.request(n);
		}
	}

	/**
	 * The pieces of a {@link HeldFlux} that nobody has got yet. One thread at a time
	 * adds, one at a time takes.
	 *
	 * @param <T> the type of the pieces
	 */
	private static final class Pieces<T> {

		private final Queue<T> arrived = Queues.<T>unbounded(16).get();

		private final Queue<T> kept = new ArrayDeque<>(4);

		private long outstanding;

		void arrive(T piece) {
			this.arrived.offer(piece);
		}

		/** Takes a piece to look at. */
		@Nullable T look() {
			T piece = this.arrived.poll();
			if (piece != null && this.outstanding != Long.MAX_VALUE) {
				this.outstanding--;
			}
			return piece;
		}

		/** Puts a piece that was looked at behind those put back before. */
		void putBack(T piece) {
			this.kept.add(piece);
		}

		@Nullable T take() {
			T piece = this.kept.poll();
			return (piece != null) ? piece : look();
		}

		boolean isEmpty() {
			return this.kept.isEmpty() && this.arrived.isEmpty();
		}

		/** Whether nothing waits to be looked at. */
		boolean isSeen() {
			return this.arrived.isEmpty();
		}

		/** How many pieces were demanded of the source and have not come. */
		long outstanding() {
			return this.outstanding;
		}

		void demanded(long n) {
			this.outstanding = Operators.addCap(this.outstanding, n);
		}

		void discard(Context context) {
			for (T piece = take(); piece != null; piece = take()) {
				Operators.onDiscard(piece, context);
			}
		}

		/**
		 * Discards what nobody gets: a buffer is released, once, all else is left to the
		 * subscriber's hook.
		 */
		static void discard(Object piece, Context context) {
			if (piece instanceof DataBuffer buffer) {
				DataBufferUtils.release(buffer);
			}
			else {
				Operators.onDiscard(piece, context);
			}
		}

	}

}
