// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.call.TimeLimits.Deadline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the attempts of a call whose result is completed later. Where the policy has time
 * limits, each attempt has to be complete within the response timeout, and all of them
 * within the total timeout.
 * <p>
 * The future is what the caller holds; ending it from outside gives up the attempt behind
 * it.
 *
 * @since 0.1.0
 */
public final class StageCall extends CompletableFuture<@Nullable Object> implements AttemptLoop.Driver {

	private static final Logger logger = LoggerFactory.getLogger(StageCall.class);

	private final LlmCall call;

	private final AttemptLoop attempts;

	private final Source source;

	private volatile @Nullable Attempt attempt;

	private volatile @Nullable CompletionStage<?> stage;

	/** What the source returned, if nobody can be told of its end. */
	private @Nullable Object unwatched;

	private boolean handedOut;

	private StageCall(LlmCall call, Source source) {
		this.call = call;
		this.attempts = new AttemptLoop(call, this);
		this.source = source;
		whenComplete((value, error) -> leave());
	}

	/**
	 * Makes a call.
	 * @return what the caller gets: a future, or what the source has returned if its end
	 * cannot be watched
	 */
	public static @Nullable Object run(LlmCall call, Source source) {
		StageCall result = new StageCall(call, source);
		result.attempts.begin();
		return result.handedOut ? result.unwatched : result;
	}

	@Override
	public Runnable later(Duration delay, Runnable retry) {
		CompletableFuture<@Nullable Void> wait = CompletableFuture.runAsync(retry,
				CompletableFuture.delayedExecutor(Nanos.of(delay), TimeUnit.NANOSECONDS));
		return () -> wait.cancel(false);
	}

	@Override
	public void run(Attempt begun) {
		Object returned;
		CallPermit.Scope scope = begun.permit().makeCurrent();
		try {
			returned = this.source.make(begun);
		}
		catch (Throwable ex) {
			returned = CompletableFuture.failedFuture(ex);
		}
		finally {
			scope.close();
		}
		if (!(returned instanceof CompletionStage<?> begunStage) || !isWatched(begun, begunStage)) {
			handOut(begun, returned);
		}
	}

	private boolean isWatched(Attempt begun, CompletionStage<?> begunStage) {
		this.attempt = begun;
		this.stage = begunStage;
		if (isDone()) {
			leave();
		}
		try {
			watch(begun, begunStage, begun.limits().untilHead());
			return true;
		}
		catch (RuntimeException | Error ex) {
			logger.debug("A stage can't be watched and is handed out as it is", ex);
			return false;
		}
	}

	/** Whichever of the timer and the stage completes first is the end. */
	private void watch(Attempt begun, CompletionStage<?> begunStage, @Nullable Deadline deadline) {
		if (deadline == null) {
			begunStage.whenComplete((value, error) -> ended(begun, value, error));
			return;
		}
		long rest = Math.max(0, deadline.nanos() - begun.permit().elapsedNanos());
		CompletableFuture<Deadline> timer = new CompletableFuture<>();
		begunStage.whenComplete((value, error) -> {
			if (timer.cancel(false)) {
				ended(begun, value, error);
			}
		});
		timer.completeOnTimeout(deadline, rest, TimeUnit.NANOSECONDS)
			.thenAcceptAsync((exceeded) -> timedOut(begun, begunStage, exceeded));
	}

	/**
	 * What a guard inside does when a limit of this attempt is exceeded must not be cut
	 * short.
	 */
	private void timedOut(Attempt ended, CompletionStage<?> endedStage, Deadline deadline) {
		Deadline around = ended.limits().ofTotalAround();
		if (ended.permit().isGuardedInside() && !deadline.equals(around)) {
			watch(ended, endedStage, around);
			return;
		}
		CallOutcome outcome = ended.end(Outcomes.timeout(null));
		if (endedStage instanceof Future<?> future) {
			future.cancel(true);
		}
		failed(ended, outcome, deadline.exceeded(ended.target()));
	}

	private void ended(Attempt ended, @Nullable Object value, @Nullable Throwable error) {
		if (error != null) {
			failed(ended, ended.failed(error), unwrap(error));
			return;
		}
		ended.succeeded();
		try {
			this.source.succeeded(value);
		}
		finally {
			complete(value);
		}
	}

	private void failed(Attempt ended, CallOutcome outcome, Throwable error) {
		if (!isDone()) {
			this.attempts.failed(ended, outcome, error);
		}
	}

	/**
	 * The caller gets what the source returned: nothing, or what nobody is told the end
	 * of. That says nothing about the provider.
	 */
	private void handOut(Attempt begun, @Nullable Object returned) {
		begun.end(Outcomes.LOCAL);
		this.unwatched = returned;
		this.handedOut = true;
		// if it comes too late to be handed out
		if (returned == null) {
			complete(null);
		}
		else {
			completeExceptionally(new IllegalStateException(
					"'%s' can't be waited for; return a CompletableFuture".formatted(returned.getClass())));
		}
	}

	@Override
	public void giveUp(Throwable error) {
		CompletionStage<?> instead;
		try {
			instead = this.call.isAnswerable() ? this.source.instead(error) : null;
			if (instead != null) {
				instead.whenComplete(this::end);
				return;
			}
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
			return;
		}
		completeExceptionally(error);
	}

	private void end(@Nullable Object value, @Nullable Throwable error) {
		if (error != null) {
			completeExceptionally(unwrap(error));
		}
		else {
			complete(value);
		}
	}

	/** Ends the attempt, unless it has ended by itself. */
	private void leave() {
		this.attempts.leave();
		Attempt running = this.attempt;
		if (running == null || running.permit().isCompleted()) {
			return;
		}
		running.cancelled(false);
		if (this.stage instanceof Future<?> future) {
			future.cancel(true);
		}
	}

	private static Throwable unwrap(Throwable error) {
		return (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
	}

	/**
	 * Makes the attempts of one call.
	 *
	 * @since 0.1.0
	 */
	public interface Source {

		/**
		 * Makes an attempt.
		 * @return a stage that is completed when it ends; anything else is handed out as
		 * it is
		 * @throws Throwable what is an answer as well
		 */
		@Nullable Object make(Attempt attempt) throws Throwable;

		/** An attempt has succeeded. */
		default void succeeded(@Nullable Object value) {
		}

		/**
		 * Returns who answers when no attempt has, for a reason that lies with the
		 * provider or the model; {@code null} if the error is to be passed on.
		 * @param error what the caller would get
		 * @throws Throwable what is to be passed on instead
		 */
		default @Nullable CompletionStage<?> instead(Throwable error) throws Throwable {
			return null;
		}

	}

}
