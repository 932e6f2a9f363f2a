// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPermit;
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

	/**
	 * Creates it.
	 * @param owner told what becomes of it
	 * @param attempt what it has been admitted for
	 * @param held takes the items until the end; {@code null} if they pass
	 */
	ItemAttempt(PlannedItems<T> owner, Attempt attempt, @Nullable HeldItems<T> held) {
		super(attempt.permit(), 0, owner.scheduler());
		this.owner = owner;
		this.call = owner.call();
		this.attempt = attempt;
		this.held = held;
		this.context = owner.context().put(CallPermit.class, attempt.permit());
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
			request(HeldItems.MAX);
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
		else if (keeping.add(item)) {
			// too many: the rest passes as it comes
			this.owner.release(keeping, this);
		}
	}

	@Override
	protected void discard(T item) {
		Operators.onDiscard(item, this.context);
	}

	@Override
	public void onError(Throwable error) {
		if (end()) {
			this.owner.fail(this, this.attempt.failed(error, hasContent()), error);
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
				this.owner.fail(this, judged, new EmptyStreamException(this.attempt.target()));
				return;
			}
		}
		this.attempt.succeeded();
		if (this.call.isStream() && hasContent()) {
			this.call.succeeded();
		}
		this.owner.complete(this);
	}

	@Override
	protected void expired(Deadline deadline, boolean waiting) {
		TimeoutException error = deadline.exceeded(this.attempt.target());
		this.timeout = error;
		CallOutcome judged = this.attempt.end(Outcomes.timeout(null));
		leave();
		this.owner.fail(this, judged, error);
	}

	@Override
	public void cancel() {
		if (end()) {
			this.attempt.cancelled(hasContent());
		}
		leave();
	}

}
