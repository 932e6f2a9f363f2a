// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Makes the attempts of a call that no thread waits for, one after the other: a driver
 * starts each of them and tells when it has failed. Whatever goes wrong on the way, the
 * driver gives up exactly once.
 *
 * @since 0.1.0
 */
public final class AttemptLoop {

	private final LlmCall call;

	private final Driver driver;

	private volatile boolean left;

	/** What ends the latest wait, as soon as that is known. */
	private volatile @Nullable AtomicReference<@Nullable Runnable> pause;

	public AttemptLoop(LlmCall call, Driver driver) {
		this.call = call;
		this.driver = driver;
	}

	/** Makes the next attempt. */
	public void begin() {
		if (!this.left) {
			follow(this.call::begin, null);
		}
	}

	/**
	 * An attempt has failed.
	 * @param attempt the attempt, which has ended
	 * @param error what the caller would get
	 */
	public void failed(Attempt attempt, CallOutcome outcome, Throwable error) {
		follow(() -> this.call.failed(attempt, outcome, error), error);
	}

	/**
	 * The application itself has kept an attempt from being sent.
	 * @param outcome how the attempt ended, which says nothing about its target
	 * @param error what the caller would get
	 */
	public void unsent(CallOutcome outcome, Throwable error) {
		follow(() -> this.call.unsent(outcome, error), error);
	}

	/** What has been sent cannot be sent again: the present attempt is the last one. */
	public void sentForGood() {
		this.call.sentForGood();
	}

	/** The caller has got an answer: no other attempt is made. */
	public void over() {
		this.call.over();
	}

	/** The caller has left: no other attempt is made, and none is waited for. */
	public void leave() {
		this.left = true;
		AtomicReference<@Nullable Runnable> waiting = this.pause;
		Runnable stop = (waiting != null) ? waiting.get() : null;
		if (stop != null) {
			stop.run();
		}
		this.call.over();
	}

	/** Whether the caller has left. */
	public boolean isLeft() {
		return this.left;
	}

	private void follow(Supplier<Next> decision, @Nullable Throwable latest) {
		Next next;
		try {
			next = decision.get();
			if (latest != null && next.error() != latest) {
				this.driver.leaving(latest);
			}
			if (next.action() == Next.Action.RETRY) {
				pause(next.delay());
				return;
			}
		}
		catch (RejectedExecutionException ex) {
			// the application stops
			giveUp((latest != null) ? latest : ex);
			return;
		}
		catch (Throwable ex) {
			giveUp(ex);
			return;
		}
		if (next.action() == Next.Action.RUN) {
			run(next.requiredAttempt());
		}
		else {
			giveUp(next.requiredError());
		}
	}

	private void pause(Duration delay) {
		// noted before, as a short wait may be over, and the next one begun, by the end
		AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
		this.pause = waiting;
		Runnable stop = this.driver.later(delay, this::begin);
		waiting.set(stop);
		if (this.left) {
			stop.run();
		}
	}

	private void giveUp(Throwable error) {
		this.call.over();
		this.driver.giveUp(error);
	}

	private void run(Attempt attempt) {
		try {
			this.driver.run(attempt);
		}
		catch (Throwable ex) {
			attempt.end(Outcomes.LOCAL);
			giveUp(ex);
		}
	}

	/**
	 * Makes the attempts of one call.
	 *
	 * @since 0.1.0
	 */
	public interface Driver {

		/**
		 * Starts an attempt, and tells later how it failed if it does. If the caller has
		 * left meanwhile, it is ended at once.
		 */
		void run(Attempt attempt);

		/**
		 * Waits.
		 * @return ends the wait
		 */
		Runnable later(Duration delay, Runnable retry);

		/**
		 * What the caller gets is not what the latest attempt has failed with, as far as
		 * is known.
		 */
		default void leaving(Throwable error) {
		}

		/** Nothing is left to try. */
		void giveUp(Throwable error);

	}

}
