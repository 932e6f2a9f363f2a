// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.io.Serial;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.call.TimeLimits.Deadline;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * One attempt of a planned call, watched from its beginning to its end. It ends once, by
 * what is first: its source, a time limit, or the subscriber.
 * <p>
 * The limits are left to a guard inside: what it does when one is exceeded must not be
 * cut short. Only when it lets the total time pass is that the end.
 *
 * @param <T> the type of the items
 */
final class ItemAttempt<T> extends LimitedSubscriber<T> {

	private final PlannedItems<T> owner;

	private final ReactiveCall<T> call;

	private final Attempt attempt;

	private final Context context;

	private final @Nullable HeldFlux<T> held;

	private volatile @Nullable TimeoutException timeout;

	private @Nullable CallOutcome failure;

	/**
	 * Creates it.
	 * @param owner told what becomes of it
	 * @param attempt what it has been admitted for
	 * @param holds whether the items are held back until the end
	 */
	ItemAttempt(PlannedItems<T> owner, Attempt attempt, boolean holds) {
		super(attempt.permit(), 0, Schedulers.parallel());
		this.owner = owner;
		this.call = owner.call();
		this.attempt = attempt;
		this.held = holds ? new HeldItems(owner.context()) : null;
		this.context = CallContexts.inside(owner.context(), attempt);
	}

	Attempt attempt() {
		return this.attempt;
	}

	@Nullable HeldFlux<T> held() {
		return this.held;
	}

	void start() {
		try {
			watch();
			Publisher<? extends T> source = GuardedItems.source(this.call, this.attempt);
			if (source != null) {
				source.subscribe(this);
			}
			else if (end()) {
				this.attempt.end(Outcomes.LOCAL);
				complete();
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
	protected @Nullable Deadline deadline(boolean asked, long since) {
		TimeLimits limits = this.attempt.limits();
		if (this.attempt.permit().isGuardedInside()) {
			return limits.ofTotalAround();
		}
		return asked ? limits.ofItems(this.call.isStream(), hasContent(), since) : limits.ofTotal();
	}

	@Override
	protected void subscribed() {
		if (this.held != null) {
			this.held.onSubscribe(this);
		}
		else {
			this.owner.produce(this);
		}
	}

	@Override
	protected boolean see(T item) {
		GuardedItems.arrived(this.call, this.attempt, item, !hasContent());
		if (!this.call.isStream()) {
			stopWatching();
		}
		return true;
	}

	@Override
	protected void pass(T item) {
		HeldFlux<T> keeping = this.held;
		if (keeping == null) {
			this.owner.pass(item);
		}
		else {
			keeping.onNext(item);
		}
	}

	@Override
	protected void discard(T item) {
		Operators.onDiscard(item, this.context);
	}

	@Override
	public void onError(Throwable error) {
		if (end()) {
			fail(this.attempt.failed(error, hasContent()), error);
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
		CallOutcome judged = GuardedItems.complete(this.call, this.attempt, hasContent());
		if (this.call.isStream() && !hasContent() && judged.kind() != OutcomeKind.SUCCESS) {
			fail(judged, new EmptyStreamException(this.attempt.target()));
		}
		else {
			complete();
		}
	}

	private void complete() {
		if (this.held != null) {
			this.held.onComplete();
		}
		else {
			this.owner.complete();
		}
	}

	private void fail(CallOutcome judged, Throwable error) {
		this.failure = judged;
		if (this.held != null) {
			this.held.onError(error);
		}
		else {
			this.owner.fail(this, judged, error);
		}
	}

	/** What was held back is whole, or too long, or has failed. */
	private void heldNoMore(@Nullable Throwable error) {
		HeldFlux<T> items = Objects.requireNonNull(this.held);
		if (error == null) {
			this.owner.release(items);
		}
		else {
			this.owner.fail(this, (this.failure != null) ? this.failure : this.attempt.failed(error), error);
		}
	}

	/** Nobody is going to get what was held back, if it has not been released. */
	void forget() {
		if (this.held != null) {
			this.held.abandon();
		}
	}

	@Override
	protected void expired(Deadline deadline, boolean waiting) {
		TimeoutException error = deadline.exceeded(this.attempt.target());
		this.timeout = error;
		CallOutcome judged = this.attempt.end(Outcomes.timeout(null));
		leave();
		fail(judged, error);
	}

	@Override
	public void cancel() {
		if (end()) {
			this.attempt.cancelled(hasContent());
		}
		leave();
		forget();
	}

	/**
	 * The items of a stream that is held back until its end, so that another one can take
	 * its place.
	 */
	private final class HeldItems extends HeldFlux<T> {

		/** A longer stream is handed on before its end. */
		private static final int MAX = 10_000;

		private int count;

		HeldItems(Context context) {
			super(context);
		}

		@Override
		protected long batch() {
			return MAX;
		}

		@Override
		protected boolean look(T item) {
			keep(item);
			return ++this.count == MAX;
		}

		@Override
		protected void looked(boolean complete, @Nullable Throwable error) {
			heldNoMore(error);
		}

	}

	/**
	 * A stream has ended without any item. Never reaches the subscriber, for whom it is
	 * an empty stream.
	 */
	static final class EmptyStreamException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		EmptyStreamException(LlmTarget target) {
			super("Stream of '%s:%s' ended without any item".formatted(target.provider(),
					(target.model() != null) ? target.model() : "*"), null, false, false);
		}

	}

}
