// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.call.TimeLimits.Deadline;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Operators;
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

	private final @Nullable HeldItems<T> held;

	private volatile @Nullable TimeoutException timeout;

	private @Nullable CallOutcome failure;

	/**
	 * Creates it.
	 * @param owner told what becomes of it
	 * @param attempt what it has been admitted for
	 * @param holds whether the items are held back until the end
	 */
	ItemAttempt(PlannedItems<T> owner, Attempt attempt, boolean holds) {
		super(attempt.permit(), 0, owner.scheduler());
		this.owner = owner;
		this.call = owner.call();
		this.attempt = attempt;
		this.held = holds ? new HeldItems<>(this, owner.context()) : null;
		this.context = CallContexts.inside(owner.context(), attempt);
	}

	Attempt attempt() {
		return this.attempt;
	}

	@Nullable HeldItems<T> held() {
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
		this.call.arrived(item);
		if (!this.call.isStream()) {
			this.attempt.succeeded();
			this.call.succeeded();
			stopWatching();
		}
		else if (!hasContent()) {
			this.attempt.permit().contentStarted();
		}
		return true;
	}

	@Override
	protected void pass(T item) {
		HeldItems<T> keeping = this.held;
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
		if (this.call.isStream() && !hasContent()) {
			CallOutcome judged = this.attempt.end(Outcomes.EMPTY_STREAM);
			if (judged.kind() != OutcomeKind.SUCCESS) {
				fail(judged, new EmptyStreamException(this.attempt.target()));
				return;
			}
		}
		this.attempt.succeeded();
		if (this.call.isStream() && hasContent()) {
			this.call.succeeded();
		}
		complete();
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

	/**
	 * What was held back is whole, or too long, or has failed.
	 * @param error what it has failed with
	 */
	void heldNoMore(@Nullable Throwable error) {
		HeldItems<T> items = Objects.requireNonNull(this.held);
		if (error == null) {
			this.owner.release(items);
		}
		else {
			this.owner.fail(this, (this.failure != null) ? this.failure : this.attempt.failed(error), error);
		}
	}

	/**
	 * Nobody is going to get what was held back, if it has not been released.
	 */
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

}
