// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.NextStep;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.TimeLimits.Deadline;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls whose result is completed later. Where the policy has time limits, each
 * attempt has to be complete within the response timeout, and all of them within the
 * total timeout.
 */
final class StageStyle implements CallStyle {

	private static final Log logger = LogFactory.getLog(StageStyle.class);

	private final MethodGuards guards;

	StageStyle(MethodGuards guards) {
		this.guards = guards;
	}

	@Override
	public @Nullable Object run(GuardedCall call) {
		Attempts attempts = new Attempts(call, this.guards.recovery(call, this.guards.gate(call)));
		attempts.begin();
		return attempts.returned();
	}

	/**
	 * The attempts of one call, one after the other.
	 */
	private final class Attempts {

		private final GuardedCall call;

		private final Recovery recovery;

		private final @Nullable CallPermit outer = CallPermit.current();

		private final GuardedFuture result = new GuardedFuture();

		private final @Nullable Duration total;

		/** What the method returned, if nobody can be told of its end. */
		private @Nullable Object unwatched;

		private boolean handedOut;

		Attempts(GuardedCall call, Recovery recovery) {
			this.call = call;
			this.recovery = recovery;
			this.total = recovery.plan().gate().policy().timeouts().total();
		}

		/** Returns what the caller gets. */
		@Nullable Object returned() {
			return this.handedOut ? this.unwatched : this.result;
		}

		void begin() {
			if (this.result.isDone()) {
				return;
			}
			TargetGate gate = this.recovery.plan().gate();
			CallPermit permit;
			try {
				permit = gate.acquire(this.outer);
			}
			catch (LlmCallRejectedException ex) {
				follow(this.recovery.afterRejection(ex), ex);
				return;
			}
			run(gate, permit);
		}

		private void run(TargetGate gate, CallPermit permit) {
			Object returned;
			CallPermit.Scope scope = permit.makeCurrent();
			try {
				returned = this.call.proceed(gate.target());
			}
			catch (Throwable ex) {
				returned = CompletableFuture.failedFuture(ex);
			}
			finally {
				scope.close();
			}
			if (!(returned instanceof CompletionStage<?> stage) || !isWatched(permit, stage)) {
				handOut(permit, returned);
			}
		}

		private boolean isWatched(CallPermit permit, CompletionStage<?> stage) {
			this.result.runs(permit, stage);
			try {
				Deadline deadline = deadline(permit);
				if (deadline == null) {
					stage.whenComplete((value, error) -> ended(permit, value, error));
				}
				else {
					watch(permit, stage, deadline);
				}
				return true;
			}
			catch (RuntimeException | Error ex) {
				logger.debug("A stage can't be watched and is handed out as it is", ex);
				return false;
			}
		}

		/** Whichever of the timer and the stage completes first is the end. */
		private void watch(CallPermit permit, CompletionStage<?> stage, Deadline deadline) {
			long rest = Math.max(0, deadline.nanos() - permit.elapsedNanos());
			CompletableFuture<Deadline> timer = new CompletableFuture<>();
			stage.whenComplete((value, error) -> {
				if (timer.cancel(false)) {
					ended(permit, value, error);
				}
			});
			timer.completeOnTimeout(deadline, rest, TimeUnit.NANOSECONDS)
				.thenAcceptAsync((exceeded) -> timedOut(permit, stage, exceeded));
		}

		private @Nullable Deadline deadline(CallPermit permit) {
			Duration response = permit.gate().policy().timeouts().response();
			Duration remaining = this.recovery.plan().remaining();
			if (remaining != null && this.total != null) {
				long nanos = permit.elapsedNanos() + Nanos.of(remaining);
				if (response == null || nanos < Nanos.of(response)) {
					return new Deadline(nanos, this.total, "total-timeout");
				}
			}
			return (response != null) ? new Deadline(Nanos.of(response), response, "response-timeout") : null;
		}

		private void timedOut(CallPermit permit, CompletionStage<?> stage, Deadline deadline) {
			CallOutcome outcome = permit.complete(Outcomes.timeout(null));
			if (stage instanceof Future<?> future) {
				future.cancel(true);
			}
			if (!this.result.isDone()) {
				Throwable error = deadline.exceeded(permit.gate().target());
				follow(this.recovery.afterFailure(permit, outcome, error), error);
			}
		}

		/**
		 * The caller gets what the method returned: nothing, or what nobody is told the
		 * end of. That says nothing about the provider.
		 */
		private void handOut(CallPermit permit, @Nullable Object returned) {
			permit.complete(Outcomes.LOCAL);
			this.unwatched = returned;
			this.handedOut = true;
			// if it comes too late to be handed out
			if (returned == null) {
				this.result.complete(null);
			}
			else {
				this.result.completeExceptionally(new IllegalStateException(
						"'%s' can't be waited for; return a CompletableFuture".formatted(returned.getClass())));
			}
		}

		private void ended(CallPermit permit, @Nullable Object value, @Nullable Throwable error) {
			if (error == null) {
				permit.complete(MethodGuards.SUCCESS);
				try {
					this.call.remember(value);
				}
				finally {
					this.result.complete(value);
				}
				return;
			}
			Throwable cause = unwrap(error);
			CallOutcome outcome = StageStyle.this.guards.failed(permit, permit.gate().target(), error);
			if (!this.result.isDone()) {
				follow(this.recovery.afterFailure(permit, outcome, cause), cause);
			}
		}

		private void follow(NextStep step, Throwable error) {
			try {
				switch (step.action()) {
					case RETRY -> later(step).execute(this::begin);
					case FALLBACK -> begin();
					case FAIL -> fail(step.requiredError());
				}
			}
			catch (RuntimeException | Error ex) {
				logger.debug("What comes after a failed attempt failed itself", ex);
				this.result.completeExceptionally(error);
			}
		}

		private void fail(Throwable error) {
			Substitute substitute = this.recovery.isAnswerable() ? Substitute.find(this.call, error) : null;
			if (substitute == null) {
				this.result.completeExceptionally(error);
			}
			else if (substitute.answer() != null) {
				this.result.complete(substitute.answer());
			}
			else {
				substitute(substitute, error);
			}
		}

		private void substitute(Substitute substitute, Throwable error) {
			try {
				stage(substitute.call(this.call, error)).whenComplete(this::end);
			}
			catch (Throwable ex) {
				this.result.completeExceptionally(ex);
			}
		}

		private void end(@Nullable Object value, @Nullable Throwable error) {
			if (error != null) {
				this.result.completeExceptionally(unwrap(error));
			}
			else {
				this.result.complete(value);
			}
		}

	}

	private static CompletionStage<?> stage(@Nullable Object returned) {
		return (returned instanceof CompletionStage<?> stage) ? stage : CompletableFuture.completedFuture(returned);
	}

	private static Executor later(NextStep step) {
		return CompletableFuture.delayedExecutor(Nanos.of(step.delay()), TimeUnit.NANOSECONDS);
	}

	private static Throwable unwrap(Throwable error) {
		return (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
	}

}
