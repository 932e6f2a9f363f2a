// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;

import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.call.TimeLimits.Deadline;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Watches that the items of one attempt come in time.
 * <p>
 * The limits until the first item and between items hold while the subscriber asks for
 * more, unless a guard inside keeps them: what it does when one is exceeded must not be
 * cut short. There is one timer for them at a time; when it fires it looks at what has
 * happened meanwhile and sets itself again.
 */
final class ItemTimer {

	private static final AtomicIntegerFieldUpdater<ItemTimer> ACTIVITY = AtomicIntegerFieldUpdater
		.newUpdater(ItemTimer.class, "activity");

	private static final AtomicLongFieldUpdater<ItemTimer> DEMAND = AtomicLongFieldUpdater.newUpdater(ItemTimer.class,
			"demand");

	private final Attempt attempt;

	private final boolean stream;

	private final Scheduler scheduler;

	private final Consumer<Deadline> expired;

	private final Disposable.Swap next = Disposables.swap();

	private final Disposable.Swap total = Disposables.swap();

	/** Changes whenever a limit has to be counted anew. */
	private volatile int activity;

	private volatile long lastActivity;

	private volatile long demand;

	private volatile boolean arrived;

	/**
	 * Creates it.
	 * @param attempt the attempt
	 * @param stream whether there can be more than one item
	 * @param scheduler where the timers run
	 * @param expired told of a limit that was exceeded
	 */
	ItemTimer(Attempt attempt, boolean stream, Scheduler scheduler, Consumer<Deadline> expired) {
		this.attempt = attempt;
		this.stream = stream;
		this.scheduler = scheduler;
		this.expired = expired;
	}

	/**
	 * Whether limits concern anything of reactive code.
	 */
	static boolean isNeeded(TimeLimits limits, boolean stream) {
		return limits.policy().response() != null || limits.limitBody(stream);
	}

	/**
	 * The attempt begins.
	 */
	void start() {
		Deadline deadline = this.attempt.limits().ofTotal();
		if (deadline != null) {
			this.total.update(schedule(() -> this.expired.accept(deadline), deadline.nanos()));
		}
	}

	void stop() {
		this.next.dispose();
		this.total.dispose();
	}

	/**
	 * The subscriber asks for more.
	 * @param n how many items
	 */
	void requested(long n) {
		if (Operators.addCap(DEMAND, this, n) == 0) {
			active();
			check();
		}
	}

	/**
	 * An item has arrived.
	 */
	void arrived() {
		boolean first = !this.arrived;
		this.arrived = true;
		Operators.produced(DEMAND, this, 1);
		active();
		if (first) {
			// from now on another limit holds
			check();
		}
	}

	private void active() {
		this.lastActivity = this.attempt.permit().elapsedNanos();
		ACTIVITY.incrementAndGet(this);
	}

	private void check() {
		Deadline deadline = deadline();
		if (deadline == null) {
			this.next.update(Disposables.disposed());
			return;
		}
		int seen = this.activity;
		long passed = this.attempt.permit().elapsedNanos() - this.lastActivity;
		this.next.update(schedule(() -> fired(deadline, seen), Math.max(0, deadline.nanos() - passed)));
	}

	private @Nullable Deadline deadline() {
		TimeoutPolicy policy = this.attempt.limits().policy();
		if (this.arrived) {
			return this.stream ? Deadline.of(0, policy.idle(), "idle-timeout") : null;
		}
		// the head is not seen, but the first item comes after it
		boolean firstToken = this.stream && policy.firstToken() != null;
		return firstToken ? Deadline.of(0, policy.firstToken(), "first-token-timeout")
				: Deadline.of(0, policy.response(), "response-timeout");
	}

	/** Whoever asks again sets the timer, too. */
	private void fired(Deadline deadline, int seen) {
		if (this.demand == 0 || this.attempt.permit().isGuardedInside()) {
			return;
		}
		if (this.activity == seen) {
			this.expired.accept(deadline);
		}
		else {
			check();
		}
	}

	private Disposable schedule(Runnable task, long nanos) {
		return this.scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

}
