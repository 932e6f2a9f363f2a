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
import org.jspecify.annotations.Nullable;

/**
 * Runs calls whose result is completed later. Where the policy has time limits, each
 * attempt has to be complete within the response timeout, and all of them within the
 * total timeout.
 */
final class StageStyle implements CallStyle {

	private final MethodGuards guards;

	StageStyle(MethodGuards guards) {
		this.guards = guards;
	}

	@Override
	public Object run(GuardedCall call) {
		Attempts attempts = new Attempts(call, this.guards.recovery(call, this.guards.gate(call)));
		attempts.begin();
		return attempts.result;
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

		Attempts(GuardedCall call, Recovery recovery) {
			this.call = call;
			this.recovery = recovery;
			this.total = recovery.plan().gate().policy().timeouts().total();
		}

		void begin() {
			if (this.result.isDone()) {
				return;
			}
			TargetGate gate = this.recovery.plan().gate();
			try {
				run(gate, gate.acquire(this.outer));
			}
			catch (LlmCallRejectedException ex) {
				follow(this.recovery.afterRejection(ex));
			}
		}

		private void run(TargetGate gate, CallPermit permit) {
			CompletionStage<?> stage;
			CallPermit.Scope scope = permit.makeCurrent();
			try {
				stage = stage(this.call.proceed(gate.target()));
			}
			catch (Throwable ex) {
				stage = CompletableFuture.failedFuture(ex);
			}
			finally {
				scope.close();
			}
			this.result.runs(permit, stage);
			Deadline deadline = deadline(permit);
			if (deadline == null) {
				stage.whenComplete((value, error) -> ended(permit, value, error));
			}
			else {
				watch(permit, stage, deadline);
			}
		}

		/** Whichever of the timer and the stage completes first is the end. */
		private void watch(CallPermit permit, CompletionStage<?> stage, Deadline deadline) {
			long rest = Math.max(0, deadline.nanos() - permit.elapsedNanos());
			CompletableFuture<Deadline> timer = new CompletableFuture<Deadline>().completeOnTimeout(deadline, rest,
					TimeUnit.NANOSECONDS);
			timer.thenAcceptAsync((exceeded) -> timedOut(permit, stage, exceeded));
			stage.whenComplete((value, error) -> {
				if (timer.cancel(false)) {
					ended(permit, value, error);
				}
			});
		}

		private @Nullable Deadline deadline(CallPermit permit) {
			Duration response = permit.gate().policy().timeouts().response();
			Duration remaining = this.recovery.plan().remaining();
			if (remaining != null && this.total != null) {
				long nanos = permit.elapsedNanos() + remaining.toNanos();
				if (response == null || nanos < response.toNanos()) {
					return new Deadline(nanos, this.total, "total-timeout");
				}
			}
			return (response != null) ? new Deadline(response.toNanos(), response, "response-timeout") : null;
		}

		private void timedOut(CallPermit permit, CompletionStage<?> stage, Deadline deadline) {
			CallOutcome outcome = permit.complete(Outcomes.timeout(null));
			if (stage instanceof Future<?> future) {
				future.cancel(true);
			}
			if (!this.result.isDone()) {
				follow(this.recovery.afterFailure(permit, outcome, deadline.exceeded(permit.gate().target())));
			}
		}

		private void ended(CallPermit permit, @Nullable Object value, @Nullable Throwable error) {
			if (error == null) {
				permit.complete(MethodGuards.SUCCESS);
				this.call.remember(value);
				this.result.complete(value);
				return;
			}
			CallOutcome outcome = StageStyle.this.guards.failed(permit, permit.gate().target(), error);
			if (!this.result.isDone()) {
				follow(this.recovery.afterFailure(permit, outcome, unwrap(error)));
			}
		}

		private void follow(NextStep step) {
			switch (step.action()) {
				case RETRY -> later(step).execute(this::begin);
				case FALLBACK -> begin();
				case FAIL -> fail(step.requiredError());
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
